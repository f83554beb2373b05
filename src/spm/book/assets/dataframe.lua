-- Keeps the tables of an HTML output (a DataFrame) and drops its style sheet and wrappers.

local tables = dofile(pandoc.path.join {
  pandoc.path.directory(PANDOC_SCRIPT_FILE), 'tables.lua' })

function Pandoc(doc)
  local found = pandoc.Blocks {}
  doc:walk { Table = function(el) found:insert(tables.align(el)) end }
  return pandoc.Pandoc(found)
end
