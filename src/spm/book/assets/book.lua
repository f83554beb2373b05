-- Driver of the embedded renderer: `pandoc lua book.lua <assets>` in the staged book's folder.
--
-- stdin:  {"kapitel": [{"stem": "01-bevoelkerung", "markdown": "…"}, …]}
-- stdout: {"kapitel": [{"stem", "nummer", "titel", "html", "verzeichnis", "typst"}, …],
--          "maengel": [{"kapitel", "art", "kennung"}, …]}
--
-- One process reads every chapter once and writes both formats. Chapters are read one by one, so
-- that footnotes and automatic ids of different chapters cannot meet.

SPM_ASSETS = arg[1]
local function load(name) return dofile(pandoc.path.join { SPM_ASSETS, name }) end
local crossref, html, typst = load('crossref.lua'), load('html.lua'), load('typst.lua')

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
  crossref.number(chapter, state)
  state.by_stem[chapter.stem] = chapter
  chapters:insert(chapter)
end
for _, chapter in ipairs(chapters) do crossref.resolve(chapter, state) end

local out = pandoc.List {}
if #state.problems == 0 then
  out = chapters:map(function(chapter)
    local body = strict(chapter.stem, html.write, chapter)
    local typst_body = strict(chapter.stem, typst.write, chapter, state.by_stem)
    return {
      stem = chapter.stem, nummer = chapter.number or '', html = body, verzeichnis = chapter.toc,
      titel = html.inlines(chapter.title), typst = typst_body,
    }
  end)
end
io.write(pandoc.json.encode { kapitel = out, maengel = state.problems })
