-- Visitors who look at what they got before they ask again: exponential pauses of a given mean, in milliseconds.
-- With many connections and pauses far longer than an answer takes, requests come nearly as independently as in an open loop.
local mean

function init(args)
  mean = tonumber(args[1])
  math.randomseed(20251123)
end

function delay()
  return math.floor(-math.log(1 - math.random()) * mean + 0.5)
end
