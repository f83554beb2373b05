"""Kernels that start warm: forked from a process that has imported everything once.

Starting a kernel and importing pandas, geopandas and matplotlib takes seconds, and a report has a
dozen notebooks. Where the platform can fork, a server process imports them once, while the
deliveries are still being read, and every chapter gets a fresh fork of it: as isolated as a kernel
of its own. Elsewhere (Windows) an ordinary kernel is started.
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path
from typing import Any

from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import AsyncKernelManager
from jupyter_client.provisioning.local_provisioner import LocalProvisioner

from spm.system.files import try_to_remove_folder
from spm.system.processes import (
    CAN_FORK,
    context,
    end_with_parent,
    of_its_own,
    serve,
    signal_to,
)

PROVISIONER = "spm-fork"
"""Name of the entry point in pyproject.toml."""


def prepare() -> None:
    """Begin to import what the chapters need, in the background. Call once, early."""
    serve("spm.chapters.warm")


RAISE_WALLS = "__import__('spm.chapters.walls').chapters.walls.begin(None)"
"""First line of a kernel that is not forked; its folder is the chapter's."""

_running: list[Any] = []
"""Processes of all kernels of this build, ended ones too."""


def stop_all() -> None:
    """End every kernel at once: the build was interrupted."""
    for process in _running:
        if process.poll() is None:
            process.kill()
    forget()


def forget() -> None:
    """All kernels have ended: what is still open for them is closed with the last name."""
    _running.clear()


def _serve_kernel(connection_file: str, folder: str | None, env: dict[str, str]) -> None:
    """Be a kernel, in the forked process, until it is told to shut down."""
    os.environ.update(env)
    if folder:
        os.chdir(folder)
    of_its_own()  # an interrupt at the keyboard goes to the build, which then ends its kernels
    # A script's own folder stands first in sys.path; a kernel's first entry is its folder.
    sys.path[0:1] = [""]
    sys.argv = ["ipykernel_launcher", "-f", connection_file]
    from ipykernel import kernelapp

    from spm.chapters import walls, watch

    end_with_parent()
    try:
        # Quiet: a kernel would print how to connect to it, and that it was told to end.
        kernel = kernelapp.IPKernelApp.instance()
        kernel.initialize([*sys.argv[1:], "--IPKernelApp.log_level=CRITICAL"])
        watch.begin(folder)  # whatever is read from now on, a cell reads
        walls.begin(folder)
        kernel.start()
        watch.end(folder)
    finally:
        os._exit(0)  # not the server's way out: it would wait for the kernel's threads


class _ForkedProcess:
    """A forked kernel with the face of ``subprocess.Popen`` that jupyter_client expects."""

    stdin = stdout = stderr = None

    def __init__(self, connection_file: str, folder: str | None, env: dict[str, str]) -> None:
        self._process = context().Process(
            target=_serve_kernel, args=(connection_file, folder, env), daemon=True
        )
        self._process.start()
        self.pid = self._process.pid

    def poll(self) -> int | None:
        return self._process.exitcode

    def wait(self, timeout: float | None = None) -> int | None:
        self._process.join(timeout)
        return self._process.exitcode

    def send_signal(self, signum: int) -> None:
        if self.poll() is None:
            signal_to(self.pid, signum)

    def terminate(self) -> None:
        self._process.terminate()

    def kill(self) -> None:
        self._process.kill()


class ForkProvisioner(LocalProvisioner):
    """Provide kernels by forking; everything else as for a local process."""

    process: Any = None  # a `_ForkedProcess`, which is as good as a Popen here

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> KernelConnectionInfo:
        env = {k: str(v) for k, v in (kwargs.get("env") or {}).items()}
        assert self.parent is not None
        self.process = _ForkedProcess(self.parent.connection_file, kwargs.get("cwd"), env)
        self.pid, self.pgid = self.process.pid, None
        return self.connection_info


class ChapterKernelManager(AsyncKernelManager):
    """Starts a chapter's kernel: forked and over local sockets where the platform has them.

    Over TCP every user of the machine could read and write to the kernel.
    """

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._sockets: str | None = None
        if CAN_FORK:
            # Short and absolute: socket paths are limited, and the kernel has a folder of its own.
            self._sockets = tempfile.mkdtemp(prefix="spm-")
            self.transport, self.ip = "ipc", os.path.join(self._sockets, "kernel")

    async def _async_cleanup_resources(self, restart: bool = False) -> None:
        await super()._async_cleanup_resources(restart)
        if self._sockets and not restart:
            try_to_remove_folder(Path(self._sockets))

    async def _async_launch_kernel(self, kernel_cmd: list[str], **kwargs: Any) -> None:
        if not CAN_FORK:
            kernel_cmd = [*kernel_cmd, f"--IPKernelApp.exec_lines={RAISE_WALLS}"]
        await super()._async_launch_kernel(kernel_cmd, **kwargs)
        assert isinstance(self.provisioner, LocalProvisioner)
        _running.append(self.provisioner.process)

    @property
    def kernel_spec(self) -> KernelSpec | None:
        spec = super().kernel_spec
        if spec is not None and CAN_FORK:
            spec.metadata = {
                **spec.metadata,
                "kernel_provisioner": {"provisioner_name": PROVISIONER},
            }
        return spec
