-- A chapter whose references are resolved, as Typst markup for book.typ.
--
-- Everything is laid out as blocks and inlines with raw Typst between them and written once at the
-- end: calling the writer for every table cell would take most of the time. For the same reason a
-- table is one list of inlines wherever its cells hold no more than a paragraph.

local M = {}

local tables = dofile(pandoc.path.join { SPM_ASSETS, 'tables.lua' })

local OPTIONS = pandoc.WriterOptions { wrap_text = 'wrap-none' }

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
local OPEN, OPEN_LISTY, CLOSE = raw('['), raw('[#"";'), raw(']')
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
local function figure_call(el, caption, kind, chapter, body)
  local out = pandoc.Blocks { raw_block('#figure(') } .. body
  local line = pandoc.Inlines { raw(', ') }
  if #caption > 0 then
    line:insert(raw('caption: '))
    line:extend(content(caption))
    line:insert(raw(', '))
  end
  local word, number = (chapter.name_of(el) or ''):match('^(%S*) ?(%S*)$')
  line:insert(raw('kind: ' .. kind .. ', supplement: ' .. string_literal(word)
    .. ', numbering: ' .. (number ~= '' and '_ => ' .. string_literal(number) or 'none') .. ')'))
  if el.identifier ~= '' then
    line:insert(raw(' #label(' .. string_literal(label(chapter.stem, el.identifier)) .. ')'))
  end
  out:insert(pandoc.Plain(line))
  return out
end

local function figure(el, chapter)
  local caption = pandoc.utils.blocks_to_inlines(el.caption.long)
  local only = #el.content == 1 and el.content[1].content
  if only and #only == 1 and only[1].t == 'Image' then
    if #caption == 0 then return raw_block('#' .. picture(only[1])), false end
    return figure_call(el, caption, 'image', chapter, { raw_block(picture(only[1])) }), false
  end
  local body = pandoc.Blocks { raw_block('[') } .. el.content:walk(IN_TEXT) .. { raw_block(']') }
  return figure_call(el, caption, 'image', chapter, body), false
end

-- The cells of a row, each followed by a comma. Words alone are a string: Typst need not read them as
-- markup.
local MARKS = { Strong = { 'strong(', ')' }, Emph = { 'emph(', ')' } }
local function add_cells(out, row, blocks_of)
  for _, cell in ipairs(row.cells) do
    local own = cell.colspan or cell.rowspan or cell.tint
    if own then
      out.code(string.format('table.cell(colspan: %d, rowspan: %d, ', cell.colspan or 1, cell.rowspan or 1))
      if cell.tint then out.code('fill: toene.' .. cell.tint .. ', ') end
    end
    local mark = MARKS[cell.mark] or { '', '' }
    local blocks = cell.rich and blocks_of(cell)
    if cell.text == '' then
      out.code('[]') -- rows of nothing but a name are headings, see `gezeigte`
    elseif cell.text then
      out.code(mark[1] .. string_literal(cell.text) .. mark[2])
    elseif #blocks == 1 and (blocks[1].t == 'Plain' or blocks[1].t == 'Para') then
      out.inlines(content(blocks[1].content))
    else
      out.code('[')
      out.blocks(blocks)
      out.code(']')
    end
    out.code(own and '), ' or ', ')
  end
end

local function table_call(el, chapter)
  local tafel, words, blocks_of = tables.taken_out(el:walk(IN_TEXT), chapter)
  local align = tafel.align
  local numeric = #align > 1 and align[1] == 'left'
  for i = 2, #align do numeric = numeric and align[i] == 'right' end
  local out = tables.collector('typst')
  out.code((#words > 0 and '' or '#') .. 'tabelle(columns: ' .. #align .. ', zahlen: '
    .. tostring(numeric) .. ', align: (' .. table.concat(align, ', ') .. ',), ')
  for _, row in ipairs(tafel.head) do
    out.code('table.header(')
    add_cells(out, row, blocks_of)
    out.code('), ')
  end
  for _, row in ipairs(tafel.body) do
    if row.closing then out.code('table.hline(stroke: schlusslinie), ') end
    add_cells(out, row, blocks_of)
  end
  out.code(')')
  if #words == 0 then return out.flush(), false end
  local sticky = el.attributes.angemerkt and ', haftet: true' or ''
  local lines = numeric and ', zeilen: ' .. #tafel.body or '' -- a row of numbers is a line
  local whole = pandoc.Blocks { raw_block('#zusammen([') }
    .. figure_call(el, words, 'table', chapter, out.flush())
  whole:insert(raw_block(']' .. sticky .. lines .. ')'))
  return whole, false
end

-- A note keeps to the table above it.
local function mark_annotated(blocks)
  for i, block in ipairs(blocks) do
    local next = blocks[i + 1]
    if tables.is_placeholder(block) and next and next.t == 'Div' and next.classes:includes('anmerkung') then
      block.attributes.angemerkt = '1'
    end
  end
end

-- Boxes that are a function of book.typ.
local BOXES = { 'anmerkung', 'kennzahl', 'kennzeile', 'dicht', 'spalten' }
-- Chapters whose whole text is set by a function of book.typ: classes of their titles.
local KINDS = { 'hinten', 'fortlaufend', 'anhang', 'profile' }

-- `within` writes what stands in a box: a filter does not look again at what it has returned.
local function box(el, within)
  local function boxed(name)
    return pandoc.Blocks { raw_block('#' .. name .. '[') } .. within(el.content) .. { raw_block(']') }, false
  end
  for _, class in ipairs(BOXES) do
    if el.classes:includes(class) then return boxed(class) end
  end
  if el.classes:includes('neue-seite') then return raw_block('#pagebreak(weak: true)') end
  if not el.classes:includes('callout') then return nil end
  local title = content(el.content:remove(1).content[1].content)
  local opening = pandoc.Inlines { raw('#kasten("' .. el.classes[2] .. '", ') } .. title .. { raw(')[') }
  return pandoc.Blocks { pandoc.Plain(opening) } .. within(el.content) .. { raw_block(']') }, false
end

-- What stands for a long heading in the contents comes right after it.
local function header(el, stem)
  local short = el.attributes.kurz
  el.attributes = {}
  if el.identifier ~= '' then el.identifier = label(stem, el.identifier) end
  if not short then return el end
  return pandoc.Blocks { el, raw_block('#kurztitel(' .. string_literal(short) .. ')') }
end

local function math(el) -- PDF/UA asks for a text in place of each formula
  local markup = write { pandoc.Plain { el } }
  return raw('#math.equation(block: ' .. tostring(el.mathtype == 'DisplayMath') .. ', alt: '
    .. string_literal(el.text) .. ', ' .. markup .. '.body)')
end

local function link(el, places)
  local stem, id = el.target:match('^spm:(.-)#(.*)$')
  -- A file beside the web pages is nowhere beside the PDF.
  if not stem then return not el.target:match('^%a[%w+.-]*:') and el.content or nil end
  if id == '' then id = places[stem].id end
  return pandoc.Inlines { raw('#link(label(' .. string_literal(label(stem, id)) .. '))') }
    .. content(el.content)
end

-- Typst makes «…» of three full stops and a dash of two hyphens. Pandoc leaves the former as they
-- are, and older versions the latter, too.
local function signs(el)
  if not el.text:find('...', 1, true) and not el.text:find('--', 1, true) then return nil end
  return raw('#' .. string_literal(el.text) .. ';')
end

-- Whether a chapter's Markdown can hold such signs: else not every word of it is looked at.
function M.has_signs(markdown)
  return (markdown:find('%.\\?%.\\?%.') or markdown:find('%-\\?%-') or markdown:find('&', 1, true)) ~= nil
end

-- Whether a chapter has headings below its title, numbered or not.
local function has_sections(doc)
  local found = false
  doc:walk { Header = function(el) found = found or el.level > 1 end }
  return found
end

function M.write(chapter, places)
  local first = chapter.doc.blocks[1]
  local kind = first and first.t == 'Header' and pandoc.List(KINDS):find_if(function(name)
    return first.classes:includes(name)
  end)
  -- A chapter for which nothing was delivered is a few lines, and needs no page of its own; nor does
  -- the one about all chapters, where they give it nothing to say.
  local counts = chapter.counts
  local may_be_short = chapter.numbered or (chapter.stem == 'gesamtbild' and not has_sections(chapter.doc))
  if not kind and may_be_short and counts.fig + counts.tbl + counts.sec == 0 then kind = 'kurz' end
  local doc = chapter.only(chapter, 'typst'):walk {
    Math = math,
    Str = chapter.signs and signs or nil,
    Link = function(el) return link(el, places) end,
    Header = function(el) return header(el, chapter.stem) end,
  }
  local within
  function within(blocks)
    mark_annotated(blocks)
    return blocks:walk {
      traverse = 'topdown',
      Div = function(el)
        if tables.is_placeholder(el) then return table_call(el, chapter) end
        return box(el, within)
      end,
      Figure = function(el) return figure(el, chapter) end,
      Image = IN_TEXT.Image,
    }
  end
  local text = write(within(doc.blocks))
  -- Of many areas no profiles are bound in: a few lines in their place.
  if kind == 'profile' and not text:find('#profilseite', 1, true) then kind = 'fortlaufend' end
  return kind and '#' .. kind .. '[\n' .. text .. '\n]' or text
end

return M
