-- Numbered cross-references and callouts as Quarto books have them, for pandoc alone.
--
-- number(chapter, state)  gives every section, figure and table of a chapter its number
-- resolve(chapter, state) then turns references and links of all chapters into links
--
-- Both change chapter.doc and add what is wrong to state.problems, so that an author sees all of it
-- at once. Afterwards the document holds only: Figure and Table with the attributes `wort` and
-- `nummer`, Image with the attribute `alt` and no caption, Div.callout whose first block is
-- Div.callout-titel, and links to `spm:<stem>#<id>`.

local tables = dofile(pandoc.path.join { SPM_ASSETS, 'tables.lua' })

local M = {}

local WORDS = { fig = 'Abbildung', tbl = 'Tabelle', sec = 'Kapitel' }
local CALLOUTS = {
  ['callout-note'] = 'Hinweis', ['callout-warning'] = 'Warnung', ['callout-tip'] = 'Tipp',
  ['callout-important'] = 'Wichtig', ['callout-caution'] = 'Vorsicht',
}
local NUMBER_DEPTH = 2 -- as number-depth in _quarto.yml
local NBSP = '\u{a0}'

local function kind(id) return WORDS[id:match('^(%a+)%-')] and id:match('^(%a+)%-') end

local function problem(state, chapter, art, id)
  state.problems:insert { kapitel = chapter.stem, art = art, kennung = id }
end

local function register(state, chapter, id, target)
  if id == '' then return end
  if chapter.ids[id] or (kind(id) and state.targets[id]) then
    problem(state, chapter, 'doppelte_kennung', id)
  end
  chapter.ids[id] = true
  if kind(id) then
    target.stem = chapter.stem
    state.targets[id] = target
  end
end

-- «3.1» in a numbered chapter; chapters without number share one sequence «1», «2», …
local function next_number(state, chapter, what)
  local counts = chapter.number and chapter.counts or state.counts
  counts[what] = (counts[what] or 0) + 1
  return (chapter.number and chapter.number .. '.' or '') .. counts[what]
end

local function mark(el, state, chapter, what)
  if el.identifier:match('^' .. what .. '%-') then
    local number = next_number(state, chapter, what)
    el.attributes.wort, el.attributes.nummer = WORDS[what], number
    register(state, chapter, el.identifier, { word = WORDS[what], number = number })
  end
  return el
end

-- What only one format shows (as in Quarto) can hold nothing that is numbered in both.
local function one_format(div, state, chapter)
  div:walk {
    Div = function(el)
      if kind(el.identifier) then problem(state, chapter, 'nummer_in_einem_format', el.identifier) end
    end,
    Table = function(el)
      if kind(el.identifier) then problem(state, chapter, 'nummer_in_einem_format', el.identifier) end
    end,
  }
end

-- Blocks for one format: `::: {.content-visible when-format="html"}` and `.content-hidden`; the
-- formats are html and typst, and pdf stands for typst.
function M.only(chapter, format)
  if not chapter.one_format then return chapter.doc end
  return chapter.doc:walk {
    traverse = 'topdown',
    Div = function(el)
      local visible = el.classes:includes('content-visible')
      if not visible and not el.classes:includes('content-hidden') then return nil end
      local named = el.attributes['when-format'] == 'pdf' and 'typst' or el.attributes['when-format']
      return (named == format) == visible and el.content or {}
    end,
  }
end

local function is_text(block)
  return block and (block.t == 'Para' or block.t == 'Plain')
    and not block.content:find_if(function(i) return i.t == 'Image' end)
end

-- The last paragraph of a figure or table block is its caption.
local function take_caption(div)
  if is_text(div.content[#div.content]) then
    return { pandoc.Plain(div.content:remove(#div.content).content) }
  end
  return {}
end

local function callout(div)
  local class = div.classes:find_if(function(c) return CALLOUTS[c] end)
  local title
  if div.attributes.title then
    title = pandoc.utils.blocks_to_inlines(pandoc.read(div.attributes.title, 'markdown').blocks)
  elseif div.content[1] and div.content[1].t == 'Header' then
    title = div.content:remove(1).content
  else
    title = pandoc.Inlines(CALLOUTS[class])
  end
  local titled = pandoc.Div({ pandoc.Plain(title) }, { class = 'callout-titel' })
  div.content:insert(1, titled)
  return pandoc.Div(div.content, pandoc.Attr(div.identifier, { 'callout', class }))
end

local function header(el, state, chapter)
  if el.level > chapter.level + 1 then
    problem(state, chapter, 'ebene_uebersprungen', pandoc.utils.stringify(el))
  end
  chapter.level = el.level
  local target = { title = el.content }
  if el.level == 1 then
    if chapter.title then
      problem(state, chapter, 'zweiter_titel', pandoc.utils.stringify(el))
    elseif not el.classes:includes('unnumbered') then
      state.chapters = state.chapters + 1
      chapter.number = tostring(state.chapters)
      target.number = chapter.number
    end
    chapter.title, chapter.id = el.content, el.identifier
  elseif el.level <= NUMBER_DEPTH and chapter.number and not el.classes:includes('unnumbered') then
    chapter.sections = chapter.sections + 1
    target.number = chapter.number .. '.' .. chapter.sections
  end
  target.word = WORDS.sec
  if target.number then
    el.attributes.nummer = target.number
  elseif not el.classes:includes('unnumbered') then
    el.classes:insert('unnumbered')
  end
  register(state, chapter, el.identifier, target)
  return el
end

local function image(el, state, chapter)
  local alt = el.attributes['fig-alt'] or el.attributes.alt or pandoc.utils.stringify(el.caption)
  if alt:match('^%s*$') then problem(state, chapter, 'bild_ohne_alt', el.src) end
  if el.src:match('^%a[%w+.-]+:') or el.src:match('^//') then
    problem(state, chapter, 'bild_fremd', el.src:sub(1, 80))
  else
    local file = not el.src:match('%.%.') and not el.src:match('^/') and io.open(el.src, 'rb')
    if file then file:close() else problem(state, chapter, 'bild_fehlt', el.src) end
  end
  el.caption, el.title = {}, ''
  el.attributes['fig-alt'], el.attributes.alt = nil, alt
  return el
end

local QUOTES = { DoubleQuote = { '„', '“' }, SingleQuote = { '‚', '‘' } }
local function quoted(el) -- pandoc's HTML writer knows English quotation marks only
  local marks = QUOTES[el.quotetype]
  return pandoc.Inlines { pandoc.Str(marks[1]) } .. el.content .. { pandoc.Str(marks[2]) }
end

function M.number(chapter, state)
  chapter.ids, chapter.counts, chapter.level, chapter.sections = {}, {}, 0, 0
  local first = chapter.doc.blocks[1]
  if not first or first.t ~= 'Header' or first.level ~= 1 then
    problem(state, chapter, 'kein_titel', '')
  end
  chapter.doc = chapter.doc:walk {
    traverse = 'topdown',
    Header = function(el) return header(el, state, chapter) end,
    Div = function(el)
      if el.classes:find_if(function(c) return CALLOUTS[c] end) then return callout(el) end
      if el.attributes['when-format'] then one_format(el, state, chapter) end
      if el.identifier:match('^fig%-') then
        local caption = take_caption(el)
        local figure = pandoc.Figure(el.content, { long = caption }, pandoc.Attr(el.identifier))
        return mark(figure, state, chapter, 'fig'), false
      elseif el.identifier:match('^tbl%-') then
        local caption = take_caption(el)
        local tab = el.content:find_if(function(b) return b.t == 'Table' end)
        if tab then
          tab.identifier = el.identifier
          if #caption > 0 then tab.caption = { long = caption } end
          return mark(tables.align(tab), state, chapter, 'tbl'), false
        end
      end
    end,
    Figure = function(el) return mark(el, state, chapter, 'fig'), false end,
    Table = function(el) return mark(tables.align(el), state, chapter, 'tbl'), false end,
    Para = function(el)
      if #el.content == 1 and el.content[1].t == 'Image' then
        local img = el.content[1]
        local figure = pandoc.Figure({ pandoc.Plain { img } }, {}, pandoc.Attr(img.identifier))
        return mark(figure, state, chapter, 'fig'), false
      end
    end,
  }
  chapter.doc = chapter.doc:walk {
    Image = function(el) return image(el, state, chapter) end,
    Quoted = quoted,
  }
end

local function reference(citation, target)
  local text = pandoc.Inlines {}
  if not target.number then
    text:extend(target.title)
  else
    if #citation.prefix > 0 then
      text:extend(citation.prefix)
      text:insert(pandoc.Str(NBSP))
    elseif citation.mode ~= 'SuppressAuthor' then
      text:insert(pandoc.Str(target.word .. NBSP))
    end
    text:insert(pandoc.Str(target.number))
  end
  return pandoc.Link(text, 'spm:' .. target.stem .. '#' .. citation.id)
end

function M.resolve(chapter, state)
  local function cite(el)
    local out = pandoc.Inlines {}
    for i, citation in ipairs(el.citations) do
      if i > 1 then out:extend { pandoc.Str(','), pandoc.Space() } end
      citation.id = citation.id:gsub('^%u', string.lower)
      local target = state.targets[citation.id]
      if target then
        out:insert(reference(citation, target))
        out:extend(citation.suffix)
      else
        problem(state, chapter, 'verweis_ohne_ziel', citation.id)
      end
    end
    return out
  end
  local function link(el)
    local stem, id = el.target:match('^([^/:#]+)%.ipynb#?(.*)$')
    if not stem and el.target:match('^#') then
      stem, id = chapter.stem, el.target:sub(2)
      if not chapter.ids[id] and state.targets[id] then stem = state.targets[id].stem end
    end
    if not stem then return nil end
    local there = state.by_stem[stem]
    if not there or (id ~= '' and not there.ids[id]) then
      problem(state, chapter, 'link_ohne_ziel', el.target)
    end
    el.target = 'spm:' .. stem .. '#' .. id
    return el
  end
  -- Links first: the references become links themselves.
  chapter.doc = chapter.doc:walk({ Link = link }):walk({ Cite = cite })
end

return M
