-- What a chapter may publish: pictures with words and from its own folder, links that a reader can
-- hear and that lead to a page, and no code of the web, which the PDF would drop without a word.
--
-- The rules stand in the file that SPM_RULES names, which `spm.text.permitted` reads as well.

local M = {}

local function read_rules()
  local file <close> = assert(io.open(SPM_RULES, 'rb'))
  return pandoc.json.decode(file:read('a'), false)
end
local RULES = read_rules()
local ALT, ATTRIBUTES = RULES.alternative_text, RULES.attributes
local SCHEMES = {}
for _, scheme in ipairs(RULES.link_schemes) do SCHEMES[scheme] = true end

-- Blanks of all kinds, and what has no width.
local BLANKS = { '\u{a0}', '\u{ad}', '\u{200b}', '\u{200c}', '\u{200d}', '\u{2060}', '\u{feff}', '\u{202f}' }
local function visible(text)
  for _, blank in ipairs(BLANKS) do text = text:gsub(blank, '') end
  return (text:gsub('%s', ''))
end

-- Words, and not a sign or the name of the file.
local function says_something(alt, src)
  local text = visible(alt)
  if text == visible(src) or text == visible(pandoc.path.filename(src)) then return false end
  local letters = 0
  for _, code in utf8.codes(text) do
    local sign = code >= 0x2000 and code <= 0x2bff -- dashes, arrows, triangles
    if (code > 0xbf and not sign) or utf8.char(code):match('%a') then letters = letters + 1 end
  end
  return letters >= ALT.letters_at_least
end

-- A comment is for authors and vanishes; Typst's own code can hold no picture without words.
local function raw(el, problem)
  if el.format:match('^typst') then return nil end
  if not el.text:match('^%s*<!%-%-.*%-%->%s*$') then
    problem('fremder_code', el.text:gsub('%s+', ' '):sub(1, 80))
  end
  return {}
end

-- As a browser reads it: without blanks and control characters.
local function seen(text) return (text:gsub('[\0-\32\127]', '')) end

-- In small letters; nil if there is none.
local function scheme_of(target)
  local scheme = seen(target):match('^(%a[%w+.-]*):')
  return scheme and scheme:lower()
end

local function begins(text, start) return text:sub(1, #start) == start end

local function is_code(name, value)
  name, value = name:lower(), seen(value):lower()
  for _, start in ipairs(ATTRIBUTES.refused_beginnings) do
    if begins(name, start) then return true end
  end
  for _, part in ipairs(ATTRIBUTES.refused_in_values) do
    if value:find(part, 1, true) then return true end
  end
  for _, scheme in ipairs(ATTRIBUTES.refused_schemes) do
    if scheme_of(value) == scheme then return true end
  end
  return false
end

local function attributes(el, problem)
  for name, value in pairs(el.attributes) do
    if is_code(name, value) then problem('fremder_code', name .. '="' .. value:sub(1, 60) .. '"') end
  end
end

local function leads_to_a_page(target)
  local scheme = scheme_of(target)
  return (not scheme or SCHEMES[scheme]) and not seen(target):match('^[/\\][/\\]')
end

local function image(el, problem)
  local alt = el.attributes['fig-alt'] or el.attributes.alt or pandoc.utils.stringify(el.caption)
  if not says_something(alt, el.src) then problem('bild_ohne_alt', el.src) end
  if utf8.len(alt) > ALT.characters_at_most then problem('alt_zu_lang', el.src) end
  if el.src:match('^%a[%w+.-]+:') or el.src:match('^//') then
    problem('bild_fremd', el.src:sub(1, 80))
  else
    local file = not el.src:match('%.%.') and not el.src:match('^/') and io.open(el.src, 'rb')
    if file then file:close() else problem('bild_fehlt', el.src) end
  end
  el.caption, el.title = {}, ''
  el.attributes['fig-alt'], el.attributes.alt = nil, nil
  attributes(el, problem) -- the words of an alternative text are no code
  el.attributes.alt = alt
  return el
end

-- Checks a link before its target becomes that of a page.
function M.link(el, problem)
  attributes(el, problem)
  if not leads_to_a_page(el.target) then problem('verweis_unerlaubt', el.target:sub(1, 80)) end
  local pictured = el.content:find_if(function(i) return i.t == 'Image' end)
  if not pictured and visible(pandoc.utils.stringify(el)) == '' then
    problem('link_ohne_text', el.target:sub(1, 80))
  end
end

-- The functions of a filter that checks a chapter; `problem(art, kennung)` notes a fault. Pages that
-- the library itself writes may hold drawings as code.
function M.filter(problem, code_allowed)
  local function check(el) attributes(el, problem) end
  local function check_raw(el) return raw(el, problem) end
  return {
    Image = function(el) return image(el, problem) end,
    RawInline = not code_allowed and check_raw or nil,
    RawBlock = not code_allowed and check_raw or nil,
    Span = check, Div = check, Code = check, CodeBlock = check, Header = check,
  }
end

return M
