-- SPDX-License-Identifier: Apache-2.0

-- Health of what the controller judges. A family at risk is healthy: it was judged. Degraded
-- is what waits for a person. The order is that of kstatus, except that an object without
-- conditions is not healthy yet.
local health = {status = "Progressing", message = "Waiting for the controller."}
local status = obj.status
if status == nil or status.conditions == nil or status.observedGeneration ~= obj.metadata.generation then
  return health
end
local found = {}
for _, condition in ipairs(status.conditions) do
  found[condition.type] = condition
end
local function is(kind, answer)
  return found[kind] ~= nil and found[kind].status == answer
end
local function say(name, condition)
  health.status = name
  health.message = condition.reason
  if condition.message ~= nil and condition.message ~= "" then
    health.message = condition.reason .. ": " .. condition.message
  end
end
if is("Reconciling", "True") then
  say("Progressing", found.Reconciling)
elseif is("Stalled", "True") then
  say("Degraded", found.Stalled)
elseif is("Ready", "True") then
  say("Healthy", found.Ready)
elseif found.Ready ~= nil then
  say("Progressing", found.Ready)
end
return health
