-- sysbench script: one kind of query over a sharded table `customer`, or over the same table in one MySQL.
sysbench.cmdline.options = {
  query = {"point, in10, count, top, join, product", "point"},
  rows = {"rows of the table", 10000},
  ps = {"prepared statements", false},
  products = {"name of the table of products", "product"},
}

local texts = {
  point = "select email from customer where customer_id = %d",
  count = "select count(*) from customer",
  top = "select customer_id, email from customer order by email, customer_id limit 10",
  -- some five rows of one shard, each with a row that may lie on any
  join = "select o.order_id, c.email from corder o join customer c on c.customer_id = o.price where o.customer_id = %d",
}

function thread_init()
  drv = sysbench.sql.driver()
  con = drv:connect()
  if sysbench.opt.ps then
    stmt = con:prepare("select email from customer where customer_id = ?")
    id = stmt:bind_create(sysbench.sql.type.INT)
    stmt:bind_param(id)
  end
end

function event()
  local kind = sysbench.opt.query
  if sysbench.opt.ps then
    id:set(sysbench.rand.uniform(1, sysbench.opt.rows))
    stmt:execute()
  elseif kind == "in10" then
    local ids = {}
    for i = 1, 10 do ids[i] = sysbench.rand.uniform(1, sysbench.opt.rows) end
    con:query("select email from customer where customer_id in (" .. table.concat(ids, ", ") .. ")")
  elseif kind == "product" then
    con:query(string.format("select o.order_id, p.description from corder o join %s p on p.sku = o.sku where o.customer_id = %d",
      sysbench.opt.products, sysbench.rand.uniform(1, sysbench.opt.rows)))
  else
    con:query(string.format(texts[kind], sysbench.rand.uniform(1, sysbench.opt.rows)))
  end
end

function thread_done()
  con:disconnect()
end
