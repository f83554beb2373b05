-- What both output formats do with every table: it is taken out of the document while a chapter is
-- read, and written as text. A report has thousands of cells, nearly all of them a word or a number;
-- a filter that has to visit each of them takes longer than everything else.

local M = {}

local PLACEHOLDER = 'spm-tabelle'
local MARKERS = { ['–'] = true, ['—'] = true, ['-'] = true, ['*'] = true, ['.'] = true, ['·'] = true }
-- Classes of a cell that is one span: it has a ground of this name, and a listener hears the words.
-- The names are those of spm.presentation.judging.
M.TINTS = {
  guenstig2 = 'deutlich günstiger', guenstig = 'günstiger', gleich = '',
  unguenstig = 'ungünstiger', unguenstig2 = 'deutlich ungünstiger',
  hoeher2 = 'deutlich höher', hoeher = 'höher', niedriger = 'niedriger', niedriger2 = 'deutlich niedriger',
}
local ALIGN = { AlignLeft = 'left', AlignRight = 'right', AlignCenter = 'center' }

-- «1.234,5», «−3 %», «12 von 40», or a marker that stands for a missing number
local function numeric(text)
  if text == '' or MARKERS[text] then return true, false end
  local rest = text
  for _, char in ipairs { '\u{a0}', '\u{202f}', '–', '−', '±' } do rest = rest:gsub(char, '') end
  local number = rest:match('^[%d%s.,%%+-]+$') ~= nil and rest:match('%d') ~= nil
  return number, number
end

-- The text of inlines that are words and blanks alone, else nil.
local function words(inlines)
  local found = {}
  for i, inline in ipairs(inlines) do
    local t = inline.t
    if t == 'Str' then found[i] = inline.text
    elseif t == 'Space' or t == 'SoftBreak' then found[i] = ' '
    else return nil end
  end
  return table.concat(found)
end

-- {"text", "mark", "tint", "colspan", "rowspan"}; mark is «Strong» or «Emph» where the whole cell is,
-- tint one of TINTS. A cell of anything but words has "rich" instead of a text: its place in the list
-- `rich`.
local function read_cell(cell, rich)
  local blocks, out = cell.contents, {}
  if cell.col_span > 1 then out.colspan = cell.col_span end
  if cell.row_span > 1 then out.rowspan = cell.row_span end
  if #blocks == 0 then
    out.text = ''
  elseif #blocks == 1 and blocks[1].t == 'Plain' then
    local inlines = blocks[1].content
    local first = #inlines == 1 and inlines[1]
    if first and first.t == 'Span' and #first.classes == 1 and M.TINTS[first.classes[1]] then
      out.tint, inlines = first.classes[1], first.content
      first = #inlines == 1 and inlines[1]
    end
    if first and (first.t == 'Strong' or first.t == 'Emph') then
      out.mark, inlines = first.t, first.content
    end
    out.text = words(inlines)
  end
  if not out.text then
    rich:insert(pandoc.Div(blocks))
    out.rich = #rich
  end
  return out
end

-- Columns of numbers whose author said nothing are aligned to the right.
local function alignment(specs, rows, rich)
  local out = {}
  for i, spec in ipairs(specs) do
    out[i] = ALIGN[spec]
    local numbers = false
    for _, row in ipairs(out[i] and {} or rows) do
      local cell = row.cells[i]
      if cell then
        local ok, number = numeric(cell.text or pandoc.utils.stringify(rich[cell.rich]))
        if not ok then
          numbers = false
          break
        end
        numbers = numbers or number
      end
    end
    out[i] = out[i] or (numbers and 'right' or 'left')
  end
  return out
end

-- {"align", "head", "body"}; rows are {"cells", "closing"}. A remainder is emphasised and a total
-- strong: they close the table, and a line is drawn above them.
local function read(tab, rich)
  local function add(rows, into)
    for _, row in ipairs(rows) do
      local cells = {}
      for i, cell in ipairs(row.cells) do cells[i] = read_cell(cell, rich) end
      into[#into + 1] = { cells = cells, closing = cells[1] ~= nil and cells[1].mark ~= nil }
    end
    return into
  end
  local head, body = add(tab.head.rows, {}), {}
  for _, part in ipairs(tab.bodies) do
    add(part.head, body)
    add(part.body, body)
  end
  add(tab.foot.rows, body)
  local specs = tab.colspecs:map(function(spec) return spec[1] end)
  return { align = alignment(specs, body, rich), head = head, body = body }
end

-- A table whose columns are aligned, without the relative widths that pandoc derives from the length
-- of source lines: the layout knows better.
function M.align(tab)
  local specs = { left = 'AlignLeft', right = 'AlignRight', center = 'AlignCenter' }
  tab.colspecs = pandoc.List(read(tab, pandoc.List {}).align):map(function(a)
    return { specs[a], nil }
  end)
  return tab
end

-- The table in whose place a stand-in of one cell was read, «spm-tafel-3»: it comes with the chapter.
local function given(tab, chapter)
  local row = #tab.colspecs == 1 and tab.bodies[1] and tab.bodies[1].body[1]
  if not row then return nil end
  local number = pandoc.utils.stringify(row.cells[1].contents):match('^spm%-tafel%-(%d+)$')
  local tafel = chapter.given and chapter.given[tonumber(number)]
  if tafel then tafel.align = alignment(tafel.specs, tafel.body) end
  return tafel
end

-- Puts a table into chapter.tafeln and returns what stands in its place: a Div with its id, that
-- holds the caption and the cells that are more than words, so that references in them are found.
function M.take_out(tab, chapter)
  local rich = pandoc.List {}
  chapter.tafeln = chapter.tafeln or {}
  table.insert(chapter.tafeln, given(tab, chapter) or read(tab, rich))
  local content = pandoc.Blocks { pandoc.Div(tab.caption.long) }
  content:extend(rich)
  local attributes = { tafel = tostring(#chapter.tafeln) }
  return pandoc.Div(content, pandoc.Attr(tab.identifier, { PLACEHOLDER }, attributes))
end

function M.is_placeholder(el) return el.t == 'Div' and el.classes:includes(PLACEHOLDER) end

-- The table that was taken out where this Div stands (see `read`), its caption as inlines, and a
-- function that gives the blocks of a cell without text.
function M.taken_out(div, chapter)
  local function blocks_of(cell) return div.content[cell.rich + 1].content end
  local caption = pandoc.utils.blocks_to_inlines(div.content[1].content)
  return chapter.tafeln[tonumber(div.attributes.tafel)], caption, blocks_of
end

-- Text of a format, inlines and blocks, one after another, as few blocks as possible.
function M.collector(format)
  local out, line, codes = pandoc.Blocks {}, {}, {}
  local self = {}
  local function write_codes()
    if #codes > 0 then line[#line + 1] = pandoc.RawInline(format, table.concat(codes)) end
    codes = {}
  end
  function self.code(text) codes[#codes + 1] = text end
  function self.inlines(inlines)
    write_codes()
    for _, inline in ipairs(inlines) do line[#line + 1] = inline end
  end
  function self.flush()
    write_codes()
    if #line > 0 then out:insert(pandoc.Plain(line)) end
    line = {}
    return out
  end
  function self.blocks(blocks) self.flush():extend(blocks) end
  return self
end

return M
