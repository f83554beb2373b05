-- Driver of the embedded renderer: `pandoc lua book.lua <assets> <format>` in the staged book's
-- folder; the format is html or typst.
--
-- stdin:  {"kapitel": [{"stem": "01-bevoelkerung", "markdown": "…"}, …]}
-- stdout: {"kapitel": [{"stem", "nummer", "titel", "html", "verzeichnis"} or {"stem", "typst"}, …],
--          "maengel": [{"kapitel", "art", "kennung"}, …]}
--
-- Chapters are read one by one, so that footnotes and automatic ids of different chapters cannot
-- meet. Each format is written by a process of its own: reading twice side by side takes less time
-- than writing twice one after the other.

SPM_ASSETS = arg[1]
local function load(name) return dofile(pandoc.path.join { SPM_ASSETS, name }) end
local FORMAT = arg[2]
local crossref, writer = load('crossref.lua'), load(FORMAT .. '.lua')

local state = { targets = {}, by_stem = {}, counts = {}, chapters = 0, problems = pandoc.List {} }

-- Call a function of pandoc and count its warnings (an unclosed block, a formula it cannot read)
-- among the chapter's faults: they would end as garbled text before the reader.
local function strict(stem, call, ...)
  local messages, result = pandoc.log.silence(call, ...)
  for _, message in ipairs(pandoc.json.decode(pandoc.json.encode(messages), false)) do
    if message.verbosity == 'WARNING' then
      local text = message.pretty:match('^[^\n]*'):gsub(':$', '')
      state.problems:insert { kapitel = stem, art = 'pandoc', kennung = text }
    end
  end
  return result
end

local chapters = pandoc.List {}
for _, given in ipairs(pandoc.json.decode(io.read('a'), false).kapitel) do
  local doc = strict(given.stem, pandoc.read, given.markdown, 'markdown')
  local chapter = { stem = given.stem, doc = doc, only = crossref.only }
  -- What the text cannot hold is not looked for in every word of it.
  chapter.one_format = given.markdown:find('content%-visible') or given.markdown:find('content%-hidden')
  chapter.dotted = given.markdown:find('%.\\?%.\\?%.') or given.markdown:find('&', 1, true)
  crossref.number(chapter, state)
  state.by_stem[chapter.stem] = chapter
  chapters:insert(chapter)
end
for _, chapter in ipairs(chapters) do crossref.resolve(chapter, state) end

local out = pandoc.List {}
if #state.problems == 0 then
  out = chapters:map(function(chapter)
    local body = strict(chapter.stem, writer.write, chapter, state.by_stem)
    if FORMAT == 'typst' then return { stem = chapter.stem, typst = body } end
    return {
      stem = chapter.stem, nummer = chapter.number or '', html = body, verzeichnis = chapter.toc,
      titel = writer.inlines(chapter.title),
    }
  end)
end
io.write(pandoc.json.encode { kapitel = out, maengel = state.problems })
