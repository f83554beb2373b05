-- Quarto's filter for a staged book: the chapter that Quarto has read is read once more from its
-- notebook and written as the embedded renderer writes it, with the same code. What Quarto does
-- before and after (titles, numbers, cross-references of its own) so has nothing to change.
--
-- For web pages Quarto calls it chapter by chapter; for the PDF once, with the whole book.

-- Ends the rendering: Quarto's own `error` only prints, and goes on.
local function stop(message, ...) assert(false, string.format('SPM: ' .. message, ...)) end

local function here(name) return quarto.utils.resolve_path(name) end

_G.SPM_ASSETS = pandoc.path.directory(here('filter.lua'))
_G.SPM_RULES = here('permitted.json')
local function load(name) return dofile(here(name)) end
local crossref, html, typst = load('crossref.lua'), load('html.lua'), load('typst.lua')

local function read_file(path)
  local file, why = io.open(path, 'rb')
  if not file then stop('%s', why) end
  local text = file:read('a')
  file:close()
  return text
end

local function text_of(value) return type(value) == 'table' and table.concat(value) or value or '' end

local function trimmed(text) return (text:gsub('^\n+', ''):gsub('\n+$', '')) end

-- The visible text of a staged notebook, as `spm.book.outputs.markdown` gives it.
local function markdown(notebook)
  local parts = {}
  for _, cell in ipairs(notebook.cells) do
    local hidden = false
    for _, tag in ipairs(cell.metadata.tags or {}) do hidden = hidden or tag == 'remove-cell' end
    if not hidden and cell.cell_type == 'markdown' then
      parts[#parts + 1] = trimmed(text_of(cell.source))
    elseif not hidden then
      for _, output in ipairs(cell.outputs or {}) do
        parts[#parts + 1] = trimmed(text_of(output.data['text/markdown']))
      end
    end
  end
  return table.concat(parts, '\n\n') .. '\n'
end

local book = pandoc.json.decode(read_file(here('zaehlung.json')), false)

local function read(stem)
  local source = read_file(stem .. '.ipynb')
  if pandoc.utils.sha1(source) ~= book.pruefsummen[stem] then
    quarto.log.warning('SPM: ' .. stem .. '.ipynb wurde nach «spm build» geändert. Kapitel- und '
      .. 'Tabellennummern, Navigation und Suche haben noch den alten Stand.')
  end
  local text = markdown(pandoc.json.decode(source, false))
  local chapter = {
    stem = stem, doc = pandoc.read(text, 'markdown'), only = crossref.only, problems = pandoc.List {},
    one_format = text:find('content%-visible') or text:find('content%-hidden'),
    signs = typst.has_signs(text),
  }
  crossref.count(chapter)
  crossref.resolve(chapter, book)
  local first = chapter.problems[1]
  if first then
    local before, after = book.maengel[first.art]:match('^(.-){kennung}(.*)$')
    local what = before and before .. first.kennung .. after or book.maengel[first.art]
    stop('%s.ipynb: %s Bitte im Notebook beheben und «spm build» aufrufen.', stem, what)
  end
  return chapter
end

-- A web page: its frame with the text in it.
local function page(stem)
  local text = html.write(read(stem))
  local before, after = read_file(here('rahmen/' .. stem .. '.html'))
    :match('^(.-)<!%-%- spm:inhalt %-%->(.*)$')
  return before .. text .. after
end

-- With the marks that `spm.book.refusals` looks for, where Typst refuses the text.
local function whole_book()
  local parts = {}
  for _, stem in ipairs(book.reihenfolge) do
    parts[#parts + 1] = '// Kapitel: ' .. stem .. '\n' .. typst.write(read(stem), book.orte)
  end
  return table.concat(parts, '\n\n')
end

-- Finished text for the page or the PDF. Quarto carries out its own commands, «{{< env HOME >}}», in
-- finished text as well, where the name of an area may hold one; it sees none that comes in pieces.
local function finished(format, text)
  if not text:find('{{<', 1, true) then return pandoc.Blocks { pandoc.RawBlock(format, text) } end
  local pieces = pandoc.Inlines {}
  for piece in (text:gsub('{{<', '{{\0<') .. '\0'):gmatch('(.-)\0') do
    pieces:insert(pandoc.RawInline(format, piece))
  end
  return pandoc.Blocks { pandoc.Plain(pieces) }
end

-- The chapter that Quarto is at; nil for a page that is none.
local function current()
  local stem = pandoc.path.split_extension(pandoc.path.filename(quarto.doc.input_file))
  return book.orte[stem] and stem
end

return {
  {
    Pandoc = function(doc)
      if quarto.doc.is_format('typst') then
        doc.blocks = finished('typst', whole_book())
      elseif quarto.doc.is_format('html') then
        local stem = current()
        if not stem then stop('%s ist kein Kapitel des Berichts.', quarto.doc.input_file) end
        doc.blocks = finished('html', page(stem))
      end
      return doc
    end,
  },
}
