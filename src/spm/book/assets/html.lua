-- A chapter whose references are resolved, as the HTML of its page's main part.

local M = {}

local tables = dofile(pandoc.path.join { SPM_ASSETS, 'tables.lua' })

local OPTIONS = pandoc.WriterOptions { html_math_method = 'mathml', wrap_text = 'wrap-none' }

local function escape(text)
  return (text:gsub('[&<>"]', { ['&'] = '&amp;', ['<'] = '&lt;', ['>'] = '&gt;', ['"'] = '&quot;' }))
end

local function raw(text) return pandoc.RawBlock('html', text) end

function M.inlines(inlines)
  local plain = pandoc.Plain(inlines):walk {
    Note = function() return {} end,
    Link = function(el) return el.content end,
  }
  return pandoc.write(pandoc.Pandoc { plain }, 'html', OPTIONS)
end

-- Size in CSS pixels, so that a page does not jump while its pictures load.
local function size(path)
  local file = path:match('%.svg$') and io.open(path, 'rb')
  if not file then return nil end
  local head = file:read(2000) or ''
  file:close()
  local tag = head:match('<svg.->') or ''
  local w, h = tag:match('width="([%d.]+)pt"'), tag:match('height="([%d.]+)pt"')
  if not (w and h) then return nil end
  return string.format('%.0f', w * 4 / 3), string.format('%.0f', h * 4 / 3)
end

-- The same figure drawn for phones, if there is one beside it (PHONE in presentation/pages/companions.py).
local PHONE, NARROW = '-schmal', '(max-width: 36rem)'

local function picture(el)
  local small = el.src:gsub('%.svg$', PHONE .. '.svg')
  local width, height = size(small)
  if small == el.src or not width then return el end
  return pandoc.Inlines {
    pandoc.RawInline('html', string.format(
      '<picture><source media="%s" srcset="%s" width="%s" height="%s">',
      NARROW, escape(small), width, height)),
    el, pandoc.RawInline('html', '</picture>'),
  }
end

-- «Abbildung 3.1:» and the words.
local function caption(words, name)
  if not name then return words end
  local label = pandoc.Str(name:gsub(' ', '\u{a0}') .. ':')
  return pandoc.Inlines { pandoc.Span({ label }, { class = 'label' }), pandoc.Space() } .. words
end

local function open(class, id)
  return '<figure class="' .. class .. '"' .. (id ~= '' and ' id="' .. escape(id) .. '"' or '') .. '>'
end

-- A permanent link to its own place. Beside the heading or picture and not in it, so that a screen
-- reader that lists headings does not read the link with every one of them.
local function anchor(id, name)
  return raw('<a class="anker" href="#' .. escape(id) .. '" aria-label="Link zu ' .. escape(name)
    .. '">#</a>')
end

local function has_phone(el)
  local found = false
  el:walk { RawInline = function(raw) found = found or raw.text:match('^<picture>') ~= nil end }
  return found
end

-- Drawings scroll in a box of their own where the screen is too narrow to read them; those that are
-- drawn for phones, too, never need to.
local function figure(el, chapter)
  local name = chapter.name_of(el)
  local text = caption(pandoc.utils.blocks_to_inlines(el.caption.long), name)
  local out = pandoc.Blocks { raw(open('abbildung', el.identifier)) }
  if name then out:insert(anchor(el.identifier, name)) end
  out:insert(raw(has_phone(el) and '<div class="bild">' or '<div class="rollen" role="group" '
    .. 'tabindex="0" aria-label="' .. escape(name or 'Abbildung') .. '">'))
  out:extend(el.content)
  out:insert(raw('</div>'))
  if #text > 0 then out:extend { raw('<figcaption>'), pandoc.Plain(text), raw('</figcaption>') } end
  out:insert(raw('</figure>'))
  return out, false
end

local SHORT = 28 -- letters of a name that stays on one line
local MARKS = { Strong = { '<strong>', '</strong>' }, Emph = { '<em>', '</em>' } }

-- The cell with its tag, which says what a header is the header of. A short name keeps together.
local function add_cell(out, cell, align, scope, blocks_of)
  local tag = scope and 'th' or 'td'
  out.code('<' .. tag .. (scope and ' scope="' .. scope .. '"' or ''))
  local blocks = cell.rich and blocks_of(cell)
  if scope == 'row' then
    local text = cell.text or pandoc.utils.stringify(blocks)
    if (utf8.len(text) or #text) <= SHORT then out.code(' class="kurz"') end
  end
  if cell.tint then out.code(' class="' .. cell.tint .. '"') end
  for _, span in ipairs { 'colspan', 'rowspan' } do
    if cell[span] then out.code(string.format(' %s="%d"', span, cell[span])) end
  end
  out.code(' style="text-align: ' .. align .. ';">')
  local mark = MARKS[cell.mark] or { '', '' }
  if cell.text then
    out.code(mark[1] .. escape(cell.text) .. mark[2])
  elseif #blocks == 1 and blocks[1].t == 'Plain' then
    out.inlines(blocks[1].content)
  else
    out.blocks(blocks)
  end
  local words = cell.tint and tables.TINTS[cell.tint] or ''
  if words ~= '' then out.code('<span class="nur-gehoert">, ' .. words .. '</span>') end
  out.code('</' .. tag .. '>\n')
end

local function add_rows(out, rows, tafel, header, blocks_of)
  local named = #tafel.align > 1 and tafel.align[1] ~= 'right'
  for _, row in ipairs(rows) do
    out.code(row.closing and not header and named and '<tr class="schluss">\n' or '<tr>\n')
    for i, cell in ipairs(row.cells) do
      local scope = header and 'col' or (i == 1 and named and 'row') or nil
      add_cell(out, cell, tafel.align[i] or 'left', scope, blocks_of)
    end
    out.code('</tr>\n')
  end
end

-- The caption stays outside the box in which a wide table scrolls.
local function scrolling_table(el, chapter)
  chapter.tables = (chapter.tables or 0) + 1
  local tafel, words, blocks_of = tables.taken_out(el, chapter)
  local title = 'tabellentitel-' .. chapter.tables
  local number, id = chapter.name_of(el), el.identifier
  local text = caption(words, number)
  local named = #text > 0 and 'aria-labelledby="' .. title .. '"'
    or 'aria-label="Tabelle ohne Nummer (' .. chapter.tables .. ')"'
  local out = pandoc.Blocks { raw(open('tabelle', id)) }
  if #text > 0 then
    out:extend { raw('<figcaption id="' .. title .. '">'), pandoc.Plain(text), raw('</figcaption>') }
  end
  out:insert(raw('<div class="rollen" role="region" tabindex="0" ' .. named .. '>'))
  local cells = tables.collector('html')
  cells.code('<table' .. (#text > 0 and ' ' .. named or '') .. '>\n')
  if #tafel.head > 0 then
    cells.code('<thead>\n')
    add_rows(cells, tafel.head, tafel, true, blocks_of)
    cells.code('</thead>\n')
  end
  cells.code('<tbody>\n')
  add_rows(cells, tafel.body, tafel, false, blocks_of)
  cells.code('</tbody>\n</table>')
  out:extend(cells.flush())
  out:insert(raw('</div>'))
  if number and id ~= '' then out:insert(anchor(id, number)) end
  out:insert(raw('</figure>'))
  return out, false
end

local function callout(el)
  if not el.classes:includes('callout') then return nil end
  el.attributes.role = 'note'
  el.content[1] = pandoc.Div(
    { pandoc.Para { pandoc.Strong(el.content[1].content[1].content) } }, { class = 'callout-titel' })
  return el
end

local function header(el, chapter)
  local number, short = chapter.number_of(el), el.attributes.kurz
  el.attributes, el.classes = {}, {}
  local before = pandoc.Inlines {}
  if number then
    before = pandoc.Inlines { pandoc.Span({ pandoc.Str(number) }, { class = 'nummer' }), pandoc.Space() }
  end
  local listed = before .. (short and pandoc.Inlines { pandoc.Str(short) } or el.content)
  el.content = before .. el.content
  if el.level > 1 and el.level <= 3 then
    chapter.toc:insert { level = el.level, anchor = el.identifier, html = M.inlines(listed) }
  end
  local name = (el.level == 1 and 'Kapitel ' or 'Abschnitt ')
    .. (number or '„' .. pandoc.utils.stringify(el) .. '“')
  -- The start page carries the report's title as its first heading.
  if chapter.stem == 'index' then el.level = el.level + 1 end
  if el.identifier == '' then return el, false end
  local class = 'ueberschrift ebene-' .. el.level
  return pandoc.Blocks { raw('<div class="' .. class .. '">'), el, anchor(el.identifier, name),
    raw('</div>') }, false
end

-- «Werte (CSV)» says to which figure it belongs also where it is read alone, as in a list of links.
local function downloads(blocks, chapter)
  local figure
  for i, block in ipairs(blocks) do
    if block.t == 'Figure' then figure = block end
    if block.t == 'Div' and block.classes:includes('herunterladen') and figure then
      local name = chapter.name_of(figure)
      local to = name and ' zu ' .. name or ''
      blocks[i] = block:walk {
        Link = function(el)
          el.attributes['aria-label'] = pandoc.utils.stringify(el) .. to
          return el
        end,
      }
      blocks[i].attributes.role, blocks[i].attributes['aria-label'] = 'group', 'Herunterladen' .. to
    end
  end
  return blocks
end

local function link(el, chapter)
  local stem, id = el.target:match('^spm:(.-)#(.*)$')
  if not stem then return nil end
  local anchor = id ~= '' and '#' .. id or ''
  el.target = (stem == chapter.stem and anchor ~= '') and anchor or stem .. '.html' .. anchor
  return el
end

function M.write(chapter)
  chapter.toc = pandoc.List {}
  local doc = chapter.only(chapter, 'html'):walk {
    Image = function(el)
      el.caption, el.attributes.alt = pandoc.Inlines { pandoc.Str(el.attributes.alt) }, nil
      el.attributes.width, el.attributes.height = size(el.src)
      return picture(el)
    end,
    Link = function(el) return link(el, chapter) end,
    Div = function(el)
      el.content = downloads(el.content, chapter)
      return el
    end,
  }
  doc.blocks = downloads(doc.blocks, chapter)
  doc = doc:walk {
    traverse = 'topdown',
    Header = function(el) return header(el, chapter) end,
    Div = function(el)
      if tables.is_placeholder(el) then return scrolling_table(el, chapter) end
      return callout(el)
    end,
    Figure = function(el) return figure(el, chapter) end,
  }
  return pandoc.write(doc, 'html', OPTIONS)
end

return M
