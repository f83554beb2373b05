-- What both output formats do with every table.

local M = {}

local MARKERS = { ['–'] = true, ['—'] = true, ['-'] = true, ['*'] = true, ['.'] = true, ['·'] = true }

-- «1.234,5», «−3 %», «12 von 40», or a marker that stands for a missing number
local function numeric(text)
  if text == '' or MARKERS[text] then return true, false end
  local rest = text
  for _, char in ipairs { '\u{a0}', '\u{202f}', '–', '−', '±' } do rest = rest:gsub(char, '') end
  local number = rest:match('^[%d%s.,%%+-]+$') ~= nil and rest:match('%d') ~= nil
  return number, number
end

-- Whether a row closes the table: its name is emphasised (a remainder) or strong (a total).
function M.is_closing(row)
  local block = row.cells[1] and row.cells[1].contents[1]
  local first = block and block.content and #block.content == 1 and block.content[1]
  return first and (first.t == 'Strong' or first.t == 'Emph') or false
end

-- Right-align columns of numbers whose author said nothing, and forget the relative widths that
-- pandoc derives from the length of source lines: the layout knows better.
function M.align(tab)
  local open, counts = {}, {}
  for i, spec in ipairs(tab.colspecs) do open[i] = spec[1] == 'AlignDefault' or nil end
  for _, body in ipairs(tab.bodies) do
    for _, row in ipairs(next(open) and body.body or {}) do
      for i, cell in ipairs(row.cells) do
        if open[i] and counts[i] ~= false then
          local ok, number = numeric(pandoc.utils.stringify(cell.contents))
          if not ok then counts[i] = false elseif number then counts[i] = true end
        end
      end
    end
  end
  local specs = {}
  for i, spec in ipairs(tab.colspecs) do
    specs[i] = { open[i] and (counts[i] and 'AlignRight' or 'AlignLeft') or spec[1], nil }
  end
  tab.colspecs = specs
  return tab
end

return M
