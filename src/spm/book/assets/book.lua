-- Driver of the embedded renderer: `pandoc lua book.lua <assets> <rules>` in the staged book's folder;
-- the rules are those of permitted.lua.
--
-- Several such processes share the chapters of a book, so that all cores read and write. No process
-- knows the chapters of the others; they meet between the two lines that each reads and answers:
--
-- 1. in:  {"kapitel": [{"stem": "01-bevoelkerung", "markdown": "…", "tafeln": […]}, …]}
--         the tables are those that are read already (see tables.lua)
--    out: {"kapitel": [{"stem", "id", "nummeriert", "gezaehlt", "ziele", "kennungen"}, …], "maengel"}
--         what the chapters hold, counted from 1 in every chapter
-- 2. in:  {"orte": {stem: {"id", "nummer", "davor", "kennungen"}}, "ziele": {id: …}, "schreiben", "code"}
--         the same of the whole book: every chapter's number, what is counted before it, all targets;
--         whether to write, and whether chapters may hold code of the web
--    out: {"kapitel": [{"stem", "title", "html", "contents", "typst"}, …], "maengel"}
--
-- A fault (`maengel`) is {"kapitel", "art", "kennung"}. Chapters are read one by one, so that
-- footnotes and automatic ids of different chapters cannot meet.

SPM_ASSETS, SPM_RULES = arg[1], arg[2]
local function load(name) return dofile(pandoc.path.join { SPM_ASSETS, name }) end
local crossref, html, typst = load('crossref.lua'), load('html.lua'), load('typst.lua')

local problems = pandoc.List {}

local function receive() return pandoc.json.decode(io.read('l'), false) end

local function answer(message)
  io.write(pandoc.json.encode(message), '\n')
  io.flush()
end

-- Call a function of pandoc and count its warnings (an unclosed block, a formula it cannot read)
-- among the chapter's faults: they would end as garbled text before the reader.
local function strict(stem, call, ...)
  local messages, result = pandoc.log.silence(call, ...)
  for _, message in ipairs(pandoc.json.decode(pandoc.json.encode(messages), false)) do
    if message.verbosity == 'WARNING' then
      local text = message.pretty:match('^[^\n]*'):gsub(':$', '')
      problems:insert { kapitel = stem, art = 'pandoc', kennung = text }
    end
  end
  return result
end

local function read(given)
  local doc = strict(given.stem, pandoc.read, given.markdown, 'markdown')
  local chapter = { stem = given.stem, doc = doc, only = crossref.only, problems = problems }
  chapter.given = given.tafeln
  -- What the text cannot hold is not looked for in every word of it.
  chapter.one_format = given.markdown:find('content%-visible') or given.markdown:find('content%-hidden')
  chapter.signs = typst.has_signs(given.markdown)
  crossref.count(chapter)
  return chapter
end

local chapters = pandoc.List {}
for _, given in ipairs(receive().kapitel) do chapters:insert(read(given)) end
answer { kapitel = chapters:map(crossref.summary), maengel = problems }

local book = receive()
problems = pandoc.List {}
for _, chapter in ipairs(chapters) do
  chapter.problems = problems
  crossref.resolve(chapter, book)
end
local out = pandoc.List {}
if book.schreiben and #problems == 0 then
  out = chapters:map(function(chapter)
    return {
      stem = chapter.stem, title = html.inlines(chapter.title),
      html = strict(chapter.stem, html.write, chapter), contents = chapter.toc,
      typst = strict(chapter.stem, typst.write, chapter, book.orte),
    }
  end)
end
answer { kapitel = out, maengel = problems }
