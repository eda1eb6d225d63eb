-- sysbench script: one text again and again, with a random number in the place of {n}, and the next ones in those of {m} and {o}.
sysbench.cmdline.options = {
  text = {"the query", "select 1"},
  rows = {"numbers are 1 to so many", 2000},
}

function thread_init()
  drv = sysbench.sql.driver()
  con = drv:connect()
end

function event()
  local n = sysbench.rand.uniform(1, sysbench.opt.rows - 2)
  con:query((sysbench.opt.text:gsub("{n}", n):gsub("{m}", n + 1):gsub("{o}", n + 2)))
end

function thread_done()
  con:disconnect()
end
