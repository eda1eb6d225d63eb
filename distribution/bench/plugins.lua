-- One row by its sharding column; the table says by which algorithm. See plugins.py.
sysbench.cmdline.options = {
   table = {"Table", "by_hash"},
   rows = {"Rows", 10000},
}

function thread_init()
   con = sysbench.sql.driver():connect()
end

function event()
   con:query(string.format("SELECT c FROM %s WHERE id = %d", sysbench.opt.table, sysbench.rand.uniform(1, sysbench.opt.rows)))
end

function thread_done()
   con:disconnect()
end
