"""The sections of a YAML file as its reader knows them: keys for messages, a schema for editors."""

from __future__ import annotations

import typing
from typing import Any

from pydantic import BaseModel


def known_model_keys(root: type[BaseModel]) -> dict[str, list[str]]:
    """For every section of a YAML file the keys it knows, to name the nearest one."""
    keys: dict[str, list[str]] = {"": sorted(root.model_fields)}
    open_models: list[type[BaseModel]] = [root]
    while open_models:
        for name, field in open_models.pop().model_fields.items():
            for model in _models(field.annotation):
                keys[name] = sorted(model.model_fields)
                open_models.append(model)
    return keys


def _models(annotation: Any) -> list[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [m for arg in typing.get_args(annotation) for m in _models(arg)]


def editor_schema(model: type[BaseModel]) -> dict[str, Any]:
    """JSON Schema of a file for completion in an editor.

    Editors type scalars as YAML does, SPM reads them as text: where a text is expected, ``2018``
    and ``nein`` without quotes are as good.
    """
    return _accept_scalars(model.model_json_schema())


def _accept_scalars(node: Any) -> Any:
    if isinstance(node, list):
        return [_accept_scalars(item) for item in node]
    if not isinstance(node, dict):
        return node
    wider = {key: _accept_scalars(value) for key, value in node.items()}
    if wider.get("type") == "string" and "enum" not in wider and "format" not in wider:
        wider["type"] = ["string", "number", "boolean"]
    return wider
