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

local function caption(el)
  local blocks = pandoc.utils.blocks_to_inlines(el.caption.long)
  if el.attributes.nummer then
    local label = el.attributes.wort .. '\u{a0}' .. el.attributes.nummer .. ':'
    local span = pandoc.Span({ pandoc.Str(label) }, { class = 'label' })
    blocks = pandoc.Inlines { span, pandoc.Space() } .. blocks
  end
  return blocks
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

-- Drawings scroll in a box of their own where the screen is too narrow to read them.
local function figure(el)
  local number, text = el.attributes.nummer, caption(el)
  local name = number and el.attributes.wort .. ' ' .. number or 'Abbildung'
  local out = pandoc.Blocks { raw(open('abbildung', el.identifier)) }
  if number and el.identifier ~= '' then out:insert(anchor(el.identifier, name)) end
  out:insert(raw('<div class="rollen" role="group" tabindex="0" aria-label="' .. escape(name) .. '">'))
  out:extend(el.content)
  out:insert(raw('</div>'))
  if #text > 0 then out:extend { raw('<figcaption>'), pandoc.Plain(text), raw('</figcaption>') } end
  out:insert(raw('</figure>'))
  return out, false
end

local SHORT = 28 -- letters of a name that stays on one line

-- The name of a row keeps together if it is short; a line separates remainders and totals.
local function name_row(row)
  local cell = row.cells[1]
  local text = pandoc.utils.stringify(cell.contents)
  if (utf8.len(text) or #text) <= SHORT then cell.classes:insert('kurz') end
  if tables.is_closing(row) then row.classes:insert('schluss') end
end

-- The caption stays outside the box in which a wide table scrolls.
local function scrolling_table(el, chapter)
  chapter.tables = (chapter.tables or 0) + 1
  local title = 'tabellentitel-' .. chapter.tables
  local text, id = caption(el), el.identifier
  local number = el.attributes.nummer and el.attributes.wort .. ' ' .. el.attributes.nummer
  local named = #text > 0 and 'aria-labelledby="' .. title .. '"'
    or 'aria-label="Tabelle ohne Nummer (' .. chapter.tables .. ')"'
  el.caption, el.identifier, el.attributes.wort, el.attributes.nummer = {}, '', nil, nil
  local first = el.colspecs[1]
  if #el.colspecs > 1 and first and first[1] ~= 'AlignRight' then
    for _, body in ipairs(el.bodies) do
      body.row_head_columns = 1
      for _, row in ipairs(body.body) do name_row(row) end
    end
  end
  local out = pandoc.Blocks { raw(open('tabelle', id)) }
  if #text > 0 then
    out:extend { raw('<figcaption id="' .. title .. '">'), pandoc.Plain(text), raw('</figcaption>') }
  end
  out:extend { raw('<div class="rollen" role="region" tabindex="0" ' .. named .. '>'), el,
    raw('</div>') }
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
  local number = el.attributes.nummer
  el.attributes, el.classes = {}, {}
  if number then
    local span = pandoc.Span({ pandoc.Str(number) }, { class = 'nummer' })
    el.content = pandoc.Inlines { span, pandoc.Space() } .. el.content
  end
  if el.level > 1 and el.level <= 3 then
    chapter.toc:insert { ebene = el.level, kennung = el.identifier, html = M.inlines(el.content) }
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
local function downloads(blocks)
  local figure
  for i, block in ipairs(blocks) do
    if block.t == 'Figure' then figure = block end
    if block.t == 'Div' and block.classes:includes('herunterladen') and figure then
      local attributes = figure.attributes
      local to = attributes.nummer and ' zu ' .. attributes.wort .. ' ' .. attributes.nummer or ''
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

-- Header cells say what they are the header of; text is escaped, so every «<th» is a tag.
local function scopes(html)
  html = html:gsub('<thead>.-</thead>', function(part) return (part:gsub('<th', '<th scope="col"')) end)
  html = html:gsub('<th scope="col"ead>', '<thead>')
  return (html:gsub('<tbody>.-</tbody>', function(part) return (part:gsub('<th', '<th scope="row"')) end))
end

function M.write(chapter)
  chapter.toc = pandoc.List {}
  local doc = chapter.only(chapter, 'html'):walk {
    Image = function(el)
      el.caption, el.attributes.alt = pandoc.Inlines { pandoc.Str(el.attributes.alt) }, nil
      el.attributes.width, el.attributes.height = size(el.src)
      return el
    end,
    Link = function(el) return link(el, chapter) end,
    Blocks = downloads,
  }
  doc = doc:walk {
    traverse = 'topdown',
    Header = function(el) return header(el, chapter) end,
    Div = callout,
    Figure = figure,
    Table = function(el) return scrolling_table(el, chapter) end,
  }
  return scopes(pandoc.write(doc, 'html', OPTIONS))
end

return M
