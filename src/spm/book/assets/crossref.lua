-- Numbered cross-references and callouts as Quarto books have them, for pandoc alone.
--
-- count(chapter)         counts every section, figure and table of a chapter
-- summary(chapter)       what other chapters must know of it
-- resolve(chapter, book) turns references and links into links, once all chapters are known
-- chapter.number_of(el)  then is the number of a heading, figure or table, «3.1», or nil
--
-- They change chapter.doc and add what is wrong to chapter.problems, so that an author sees all of
-- it at once. Afterwards the document holds only: Header, Figure and what stands for a table (see
-- tables.lua) with the attribute `folge` if they have a number, Image with the attribute `alt` and no caption, Div.callout whose
-- first block is Div.callout-titel, and links to `spm:<stem>#<id>`.

local tables = dofile(pandoc.path.join { SPM_ASSETS, 'tables.lua' })
local permitted = dofile(pandoc.path.join { SPM_ASSETS, 'permitted.lua' })

local M = {}

local WORDS = { fig = 'Abbildung', tbl = 'Tabelle', sec = 'Kapitel' }
local CALLOUTS = {
  ['callout-note'] = 'Hinweis', ['callout-warning'] = 'Warnung', ['callout-tip'] = 'Tipp',
  ['callout-important'] = 'Wichtig', ['callout-caution'] = 'Vorsicht',
}
local NUMBER_DEPTH = 2 -- as number-depth in _quarto.yml
local NBSP = '\u{a0}'

local function kind(id) return WORDS[id:match('^(%a+)%-')] and id:match('^(%a+)%-') end

local function problem(chapter, art, id)
  chapter.problems:insert { kapitel = chapter.stem, art = art, kennung = id }
end

-- `folge` counts within the chapter; a heading without number is referred to by its words.
local function register(chapter, id, folge, title)
  if id == '' then return end
  if chapter.ids[id] then problem(chapter, 'doppelte_kennung', id) end
  chapter.ids[id] = true
  if kind(id) then
    local words = not folge and title and pandoc.json.encode(title) or nil
    chapter.targets:insert { kennung = id, folge = folge, titel = words }
  end
end

local function mark(el, chapter, what)
  if el.identifier:match('^' .. what .. '%-') then
    local folge = chapter.counts[what] + 1
    chapter.counts[what] = folge
    el.attributes.folge = tostring(folge)
    register(chapter, el.identifier, folge)
  end
  return el
end

-- «3.1» in a numbered chapter; chapters without number share one sequence «1», «2», …
local function number(place, what, folge)
  if what == 'sec' and folge == 0 then return place.nummer end
  if place.nummer == '' then return string.format('%d', place.davor[what] + folge) end
  return string.format('%s.%d', place.nummer, folge)
end

-- What only one format shows (as in Quarto) can hold nothing that is numbered in both.
local function one_format(div, chapter)
  div:walk {
    Div = function(el)
      if kind(el.identifier) then problem(chapter, 'nummer_in_einem_format', el.identifier) end
    end,
    Table = function(el)
      if kind(el.identifier) then problem(chapter, 'nummer_in_einem_format', el.identifier) end
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

local function header(el, chapter)
  if el.level > chapter.level + 1 then
    problem(chapter, 'ebene_uebersprungen', pandoc.utils.stringify(el))
  end
  chapter.level = el.level
  local numbered, folge = not el.classes:includes('unnumbered'), nil
  if el.level == 1 then
    if chapter.title then
      problem(chapter, 'zweiter_titel', pandoc.utils.stringify(el))
    elseif numbered then
      chapter.numbered, folge = true, 0
    end
    chapter.title, chapter.id = el.content, el.identifier
  elseif el.level <= NUMBER_DEPTH and chapter.numbered and numbered then
    folge = chapter.counts.sec + 1
    chapter.counts.sec = folge
  end
  if folge then
    el.attributes.folge = tostring(folge)
  elseif numbered then
    el.classes:insert('unnumbered')
  end
  register(chapter, el.identifier, folge, el.content)
  return el
end

local QUOTES = { DoubleQuote = { '„', '“' }, SingleQuote = { '‚', '‘' } }
local function quoted(el) -- pandoc's HTML writer knows English quotation marks only
  local marks = QUOTES[el.quotetype]
  return pandoc.Inlines { pandoc.Str(marks[1]) } .. el.content .. { pandoc.Str(marks[2]) }
end

function M.count(chapter)
  chapter.ids, chapter.targets, chapter.level = {}, pandoc.List {}, 0
  chapter.counts, chapter.numbered = { fig = 0, tbl = 0, sec = 0 }, false
  local first = chapter.doc.blocks[1]
  if not first or first.t ~= 'Header' or first.level ~= 1 then
    problem(chapter, 'kein_titel', '')
  end
  chapter.doc = chapter.doc:walk {
    traverse = 'topdown',
    Header = function(el) return header(el, chapter) end,
    Div = function(el)
      if el.classes:find_if(function(c) return CALLOUTS[c] end) then return callout(el) end
      if el.attributes['when-format'] then one_format(el, chapter) end
      if el.identifier:match('^fig%-') then
        local caption = take_caption(el)
        local figure = pandoc.Figure(el.content, { long = caption }, pandoc.Attr(el.identifier))
        return mark(figure, chapter, 'fig'), false
      elseif el.identifier:match('^tbl%-') then
        local caption = take_caption(el)
        local tab = el.content:find_if(function(b) return b.t == 'Table' end)
        if tab then
          tab.identifier = el.identifier
          if #caption > 0 then tab.caption = { long = caption } end
          return mark(tables.take_out(tab, chapter), chapter, 'tbl'), false
        end
      end
    end,
    Figure = function(el) return mark(el, chapter, 'fig'), false end,
    Table = function(el) return mark(tables.take_out(el, chapter), chapter, 'tbl'), false end,
    Para = function(el)
      if #el.content == 1 and el.content[1].t == 'Image' then
        local img = el.content[1]
        local figure = pandoc.Figure({ pandoc.Plain { img } }, {}, pandoc.Attr(img.identifier))
        return mark(figure, chapter, 'fig'), false
      end
    end,
  }
end

-- {"stem", "id", "nummeriert", "gezaehlt": {"fig", …}, "ziele": [{"kennung", "folge", "titel"}, …],
--  "kennungen": {id: true}}
function M.summary(chapter)
  return {
    stem = chapter.stem, id = chapter.id or '', nummeriert = chapter.numbered,
    gezaehlt = chapter.counts, ziele = chapter.targets, kennungen = chapter.ids,
  }
end

local function reference(citation, word, number, title)
  local text = pandoc.Inlines {}
  if not number then
    text:extend(pandoc.json.decode(title))
  else
    if #citation.prefix > 0 then
      text:extend(citation.prefix)
      text:insert(pandoc.Str(NBSP))
    elseif citation.mode ~= 'SuppressAuthor' then
      text:insert(pandoc.Str(word .. NBSP))
    end
    text:insert(pandoc.Str(number))
  end
  return text
end

local function cite(el, chapter, book)
  local out = pandoc.Inlines {}
  for i, citation in ipairs(el.citations) do
    if i > 1 then out:extend { pandoc.Str(','), pandoc.Space() } end
    local id = citation.id:gsub('^%u', string.lower)
    local target = book.ziele[id]
    if target then
      local what = kind(id)
      local nummer = target.folge and number(book.orte[target.stem], what, target.folge)
      local text = reference(citation, WORDS[what], nummer, target.titel)
      out:insert(pandoc.Link(text, 'spm:' .. target.stem .. '#' .. id))
      out:extend(citation.suffix)
    else
      problem(chapter, 'verweis_ohne_ziel', id)
    end
  end
  return out
end

local function link(el, chapter, book)
  local stem, id = el.target:match('^([^/:#]+)%.ipynb#?(.*)$')
  if not stem and el.target:match('^#') then
    stem, id = chapter.stem, el.target:sub(2)
    if not chapter.ids[id] and book.ziele[id] then stem = book.ziele[id].stem end
  end
  if not stem then return nil end
  local there = book.orte[stem]
  if not there or (id ~= '' and not there.kennungen[id]) then
    problem(chapter, 'link_ohne_ziel', el.target)
  end
  el.target = 'spm:' .. stem .. '#' .. id
  return el
end

function M.resolve(chapter, book)
  local place = book.orte[chapter.stem]
  -- Of a heading, figure or table; nil if it has none.
  function chapter.number_of(el)
    local what = el.t == 'Header' and 'sec' or kind(el.identifier)
    return el.attributes.folge and number(place, what, tonumber(el.attributes.folge))
  end
  -- «Abbildung 3.1», nil without number
  function chapter.name_of(el)
    local nummer = chapter.number_of(el)
    return nummer and WORDS[kind(el.identifier)] .. ' ' .. nummer
  end
  local function fault(art, id) problem(chapter, art, id) end
  local filter = permitted.filter(fault, book.code)
  filter.Quoted = quoted
  filter.Cite = function(el) return cite(el, chapter, book) end
  filter.Link = function(el)
    permitted.link(el, fault)
    return link(el, chapter, book)
  end
  chapter.doc = chapter.doc:walk(filter)
end

return M
