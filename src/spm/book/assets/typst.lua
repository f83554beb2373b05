-- A chapter whose references are resolved, as Typst markup for book.typ.
--
-- Everything is laid out as blocks and inlines with raw Typst between them and written once at the
-- end: calling the writer for every table cell would take most of the time. For the same reason a
-- table is one list of inlines wherever its cells hold no more than a paragraph.

local M = {}

local tables = dofile(pandoc.path.join { SPM_ASSETS, 'tables.lua' })

local OPTIONS = pandoc.WriterOptions { wrap_text = 'wrap-none' }
local ALIGN = { AlignLeft = 'left', AlignRight = 'right', AlignCenter = 'center' }

local function write(blocks)
  return (pandoc.write(pandoc.Pandoc(blocks), 'typst', OPTIONS):gsub('%s+$', ''))
end

local function string_literal(text)
  return '"' .. text:gsub('\\', '\\\\'):gsub('"', '\\"'):gsub('%s+', ' ') .. '"'
end

local function raw(text) return pandoc.RawInline('typst', text) end
local function raw_block(text) return pandoc.RawBlock('typst', text) end

-- Inlines as a content block. A text like «1. Quartal» would begin a list at its start, where
-- pandoc sees no beginning of a line; an empty string before it makes it none for Typst either.
local OPEN, OPEN_LISTY, CLOSE, CLOSE_CELL = raw('['), raw('[#"";'), raw(']'), raw('], ')
local function opening(inlines)
  local first = inlines[1] and inlines[1].text or ''
  return (first:match('^[-+=/]') or first:match('^%d+%.')) and OPEN_LISTY or OPEN
end
local function content(inlines)
  return pandoc.Inlines { opening(inlines) } .. inlines .. { CLOSE }
end

-- Labels are unique in the whole document: an automatic id is so only within its chapter.
local function label(stem, id)
  if id:match('^fig%-') or id:match('^tbl%-') or id:match('^sec%-') then return id end
  return stem .. '--' .. id
end

local function picture(img)
  return 'bild(' .. string_literal(img.src) .. ', alt: '
    .. string_literal(img.attributes.alt) .. ')'
end

local IN_TEXT = { Image = function(el) return raw('#box(' .. picture(el) .. ')') end }

-- `#figure(` body `, caption: […], …) <label>`; body is a list of blocks in code mode.
local function figure_call(el, kind, stem, body)
  local out = pandoc.Blocks { raw_block('#figure(') } .. body
  local line = pandoc.Inlines { raw(', ') }
  local caption = pandoc.utils.blocks_to_inlines(el.caption.long)
  if #caption > 0 then
    line:insert(raw('caption: '))
    line:extend(content(caption))
    line:insert(raw(', '))
  end
  local number = el.attributes.nummer
  line:insert(raw('kind: ' .. kind .. ', supplement: ' .. string_literal(el.attributes.wort or '')
    .. ', numbering: ' .. (number and '_ => ' .. string_literal(number) or 'none') .. ')'))
  if el.identifier ~= '' then
    line:insert(raw(' #label(' .. string_literal(label(stem, el.identifier)) .. ')'))
  end
  out:insert(pandoc.Plain(line))
  return out
end

local function figure(el, stem)
  local only = #el.content == 1 and el.content[1].content
  if only and #only == 1 and only[1].t == 'Image' then
    if #el.caption.long == 0 then return raw_block('#' .. picture(only[1])), false end
    return figure_call(el, 'image', stem, { raw_block(picture(only[1])) }), false
  end
  local body = pandoc.Blocks { raw_block('[') } .. el.content:walk(IN_TEXT) .. { raw_block(']') }
  return figure_call(el, 'image', stem, body), false
end

-- Code and cells of one table, in as few blocks as possible.
local function collector()
  local out, line = pandoc.Blocks {}, {}
  local self = {}
  function self.flush()
    if #line > 0 then out:insert(pandoc.Plain(line)) end
    line = {}
    return out
  end
  function self.code(text) line[#line + 1] = raw(text) end
  function self.inlines(inlines)
    line[#line + 1] = opening(inlines)
    for _, inline in ipairs(inlines) do line[#line + 1] = inline end
    line[#line + 1] = CLOSE_CELL
  end
  function self.blocks(blocks)
    self.code('[')
    self.flush():extend(blocks)
    self.code('], ')
  end
  return self
end

-- The cells of a row, each followed by a comma.
local function add_cells(out, row)
  for _, cell in ipairs(row.cells) do
    local blocks = cell.contents
    if cell.col_span > 1 or cell.row_span > 1 then
      out.code(string.format('table.cell(colspan: %d, rowspan: %d)', cell.col_span, cell.row_span))
    end
    if #blocks == 0 then
      out.code('[], ')
    elseif #blocks == 1 and (blocks[1].t == 'Plain' or blocks[1].t == 'Para') then
      out.inlines(blocks[1].content)
    else
      out.blocks(blocks)
    end
  end
end

local function table_call(el, stem, pictured)
  if pictured then el = el:walk(IN_TEXT) end
  local align = el.colspecs:map(function(spec) return ALIGN[spec[1]] end)
  local numbers = #align > 1 and align:filter(function(a) return a == 'right' end)
  local numeric = numbers and #numbers == #align - 1 and align[1] == 'left'
  local captioned = #el.caption.long > 0
  local out, rows = collector(), 0
  out.code((captioned and '' or '#') .. 'tabelle(columns: ' .. #align .. ', zahlen: '
    .. tostring(numeric) .. ', align: (' .. table.concat(align, ', ') .. ',), ')
  for _, row in ipairs(el.head.rows) do
    out.code('table.header(')
    add_cells(out, row)
    out.code('), ')
  end
  for _, body in ipairs(el.bodies) do
    for _, row in ipairs(body.body) do
      if tables.is_closing(row) then out.code('table.hline(stroke: schlusslinie), ') end
      add_cells(out, row)
      rows = rows + 1
    end
  end
  out.code(')')
  if not captioned then return out.flush(), false end
  local sticky = el.attributes.angemerkt and ', haftet: true' or ''
  local lines = numeric and ', zeilen: ' .. rows or '' -- a row of numbers is a line
  local whole = pandoc.Blocks { raw_block('#zusammen([') } .. figure_call(el, 'table', stem, out.flush())
  whole:insert(raw_block(']' .. sticky .. lines .. ')'))
  return whole, false
end

-- A note keeps to the table above it.
local function mark_annotated(blocks)
  for i, block in ipairs(blocks) do
    local next = blocks[i + 1]
    if block.t == 'Table' and next and next.t == 'Div' and next.classes:includes('anmerkung') then
      block.attributes.angemerkt = '1'
    end
  end
end

local function box(el)
  if el.classes:includes('anmerkung') then
    return pandoc.Blocks { raw_block('#anmerkung[') } .. el.content .. { raw_block(']') }
  end
  if not el.classes:includes('callout') then return nil end
  local title = content(el.content:remove(1).content[1].content)
  local opening = pandoc.Inlines { raw('#kasten("' .. el.classes[2] .. '", ') } .. title .. { raw(')[') }
  return pandoc.Blocks { pandoc.Plain(opening) } .. el.content .. { raw_block(']') }
end

local function header(el, stem)
  el.attributes = {}
  if el.identifier ~= '' then el.identifier = label(stem, el.identifier) end
  return el
end

local function math(el) -- PDF/UA asks for a text in place of each formula
  local markup = write { pandoc.Plain { el } }
  return raw('#math.equation(block: ' .. tostring(el.mathtype == 'DisplayMath') .. ', alt: '
    .. string_literal(el.text) .. ', ' .. markup .. '.body)')
end

local function link(el, by_stem)
  local stem, id = el.target:match('^spm:(.-)#(.*)$')
  -- A file beside the web pages is nowhere beside the PDF.
  if not stem then return not el.target:match('^%a[%w+.-]*:') and el.content or nil end
  if id == '' then id = by_stem[stem].id end
  return pandoc.Inlines { raw('#link(label(' .. string_literal(label(stem, id)) .. '))') }
    .. content(el.content)
end

-- Where the values of a figure stand: not in the list of figures.
local function values_reference(el)
  if not el.classes:includes('werte') then return nil end
  return pandoc.Inlines { raw('#werte[') } .. el.content .. { raw(']') }
end

-- Typst makes «…» of three full stops, which pandoc leaves as they are.
local function dots(el)
  if not el.text:find('...', 1, true) then return nil end
  return raw('#' .. string_literal(el.text) .. ';')
end

function M.write(chapter, by_stem)
  local pictured = false
  local doc = chapter.only(chapter, 'typst'):walk {
    Math = math,
    Str = chapter.dotted and dots or nil,
    Link = function(el) return link(el, by_stem) end,
    Header = function(el) return header(el, chapter.stem) end,
    Span = values_reference,
    Image = function() pictured = true end,
  }
  mark_annotated(doc.blocks)
  doc = doc:walk {
    traverse = 'topdown',
    Div = box,
    Figure = function(el) return figure(el, chapter.stem) end,
    Table = function(el) return table_call(el, chapter.stem, pictured) end,
    Image = IN_TEXT.Image,
  }
  return write(doc.blocks)
end

return M
