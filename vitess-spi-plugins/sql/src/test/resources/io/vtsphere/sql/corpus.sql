# One statement a line; after " => " its printed form where it is not the text itself.
# expressions: precedence
select 1 + 2 * 3 from dual
select (1 + 2) * 3 from dual
select 1 - (2 - 3) from dual
select (1 - 2) - 3 => select 1 - 2 - 3 from dual
select -(-1) => select - -1 from dual
select - a collate utf8mb4_bin from t => select -a collate utf8mb4_bin from t
select (-a) collate utf8mb4_bin from t
select not a = b from t
select (not a) = b from t
select !a = b from t => select (not a) = b from t
select a and b or c and d from t
select a and (b or c) from t
select a && b || c xor d from t => select a and b or c xor d from t
select (a xor b) xor c from t => select a xor b xor c from t
select a xor (b xor c) from t
select a = b = c from t
select a = (b = c) from t
select a in (1, 2) = b from t
select a = b in (1, 2) from t
select (a = b) in (1, 2) from t
select a is null is null from t
select (a is true) is false from t
select a is not true and b is unknown from t
select a between 1 and 2 and b from t
select a between 1 and (2 and b) from t
select (a between 1 and 2) between 3 and 4 from t
select a not between b and c in (1) from t
select a like 'x%' escape '!' from t
select a not like concat('a', b) from t
select a like (b + 1) from t
select @a := b in (1) in (2) from t => select (@a := b in (1)) in (2) from t
select a rlike b, a not regexp 'x' from t => select a regexp b, a not regexp 'x' from t
select a sounds like b from t
select a mod b, a % b, a div b, mod(a, b) from t => select a % b, a % b, a div b, mod(a, b) from t
select a | b & c << d + e * f ^ g from t
select ((((((a | b) & c) << d) + e) * f) ^ g) from t => select (((((a | b) & c) << d) + e) * f) ^ g from t
select ~a, +a, - b from t => select ~a, a, -b from t
select binary a = b from t => select convert(a, binary) = b from t
select a <=> b, a <> b, a != b from t => select a <=> b, a != b, a != b from t
select a > all (select b from u), a = any (select b from u), a = some (select 1 from dual) from t => select a > all (select b from u), a = any (select b from u), a = any (select 1 from dual) from t
select a member of ('[1]') from t
select (a, b) = (1, 2), row(a, b) in ((1, 2), (3, 4)) from t => select (a, b) = (1, 2), (a, b) in ((1, 2), (3, 4)) from t
select case a when 1 then 'x' else 'y' end, case when a then b end from t
select @a := @b + 1, (@a := 1) + 2 from t
select @@x, @@session.x, @@GLOBAL.x, @@local.y => select @@x, @@session.x, @@global.x, @@local.y from dual
# literals
select 'it''s', "a ""b""", 'x' 'y', '\%\_\n\\' => select 'it\'s', 'a \"b\"', 'xy', '\\%\\_\n\\' from dual
select N'x', n'y', _utf8mb4'x', _latin1 X'41', x'41', 0x41, b'01', 0b01 => select N'x', N'y', _utf8mb4 'x', _latin1 X'41', X'41', 0x41, b'01', 0b01 from dual
select 1, 1.0, 1.50, .5, 1., 1e5, 1.5E-3, 18446744073709551616 => select 1, 1.0, 1.50, .5, 1., 1e5, 1.5E-3, 18446744073709551616 from dual
select date'2024-01-01', time '10:00:00', timestamp'2024-01-01 00:00:00', {d '2024-01-01'}, {ts '2024-01-01 00:00:00'} => select date'2024-01-01', time'10:00:00', timestamp'2024-01-01 00:00:00', date'2024-01-01', timestamp'2024-01-01 00:00:00' from dual
select \N, null, true, FALSE => select null, null, true, false from dual
select 1a, t.1b, `a``b` from t => select `1a`, t.`1b`, `a``b` from t
select :a, ::b, ? from t where c in ::d => select :a, ::b, :v1 from t where c in ::d
# functions
select trim(a), trim(both 'x' from a), trim(leading from a), trim('x' from a) from t
select substring(a from 2 for 3), substr(a, 2), mid(a, 1, 2) from t => select substr(a, 2, 3), substr(a, 2), mid(a, 1, 2) from t
select extract(year from a), position('a' in b), timestampadd(day, 1, a), timestampdiff(SQL_TSI_HOUR, a, b) from t => select extract(year from a), locate('a', b), timestampadd(day, 1, a), timestampdiff(hour, a, b) from t
select date_add(a, interval 1 + 2 day), a + interval '1:1' minute_second, interval 1 day + a = b, interval(1, 2, 3) from t => select date_add(a, interval 1 + 2 day), a + interval '1:1' minute_second, (a = b) + interval 1 day, interval(1, 2, 3) from t
select char(65, 66 using latin1), char(65), convert(a using utf8mb4), convert(a, signed), cast(a as char(10) charset latin1), cast(a as decimal(5,2)), cast(a as unsigned integer) from t => select char(65, 66 using latin1), char(65), convert(a using utf8mb4), convert(a, signed), cast(a as char(10) character set latin1), cast(a as decimal(5, 2)), cast(a as unsigned) from t
select weight_string(a as char(3)), get_format(date, 'USA'), json_value(a, '$.b' returning signed null on empty error on error) from t
select group_concat(distinct a, b order by c desc separator '; '), group_concat(a) from t
select group_concat(a order by b asc limit 2) from t
select count(*), count(distinct a, b), sum(distinct a), avg(all a) from t => select count(*), count(distinct a, b), sum(distinct a), avg(a) from t
select match(a, b) against ('x' in boolean mode), match a against ('y' with query expansion) from t => select match(a, b) against ('x' in boolean mode), match(a) against ('y' with query expansion) from t
select a -> '$.b', t.a ->> '$.c' from t
select now(), now(6), current_timestamp, current_timestamp(3), utc_date, current_user, localtime => select now(), now(6), current_timestamp(), current_timestamp(3), utc_date(), current_user(), localtime() from dual
select if(a, b, c), left(a, 1), right(a, 1), replace(a, b, c), repeat(a, 2), insert(a, 1, 2, b), values(a), default(a), database(), schema() from t
select ks.fn(1), `odd fn`(2) => select ks.fn(1), `odd fn`(2) from dual
select row_number() over (partition by a order by b), sum(a) over w, lag(a, 1) ignore nulls over (w rows between 1 preceding and current row), nth_value(a, 2) from first over () from t window w as (order by c desc) => select row_number() over (partition by a order by b asc), sum(a) over w, lag(a, 1) ignore nulls over (w rows between 1 preceding and current row), nth_value(a, 2) from first over () from t window w as (order by c desc)
select sum(a) over (order by b range between interval 1 day preceding and unbounded following) from t => select sum(a) over (order by b asc range between interval 1 day preceding and unbounded following) from t
# select
select distinct sql_calc_found_rows straight_join a.*, ks.t.*, b c, d as 'e f' from a => select distinct sql_calc_found_rows straight_join a.*, ks.t.*, b as c, d as `e f` from a
select sql_no_cache a from t
select * from a, b join c on a.x = c.x left outer join d using (y, z) natural join e => select * from a, b join c on a.x = c.x left join d using (y, z) natural join e
select * from a join b join c on b.x = c.x on a.y = b.y => select * from a join (b join c on b.x = c.x) on a.y = b.y
select * from a join b join c on b.x = c.x
select * from a left join (b join c on b.x = c.x) on a.y = b.y
select * from a left join b left join c on c.x = b.x on a.y = b.y => select * from a left join (b left join c on c.x = b.x) on a.y = b.y
select * from (a join b on a.x = b.x) join c on true => select * from a join b on a.x = b.x join c on true
select * from (a, b) left join c on a.x = c.x
select * from a cross join b inner join c straight_join d on true => select * from a join b join c straight_join d on true
select * from ks.t partition (p0, p1) as x use index (i, j) ignore index for order by (k) force index (PRIMARY) => select * from ks.t partition (p0, p1) as x use index (i, j) ignore index for order by (k) force index (`PRIMARY`)
select * from t use vindex (v), u ignore vindex (w) => select * from t use vindex (v), u ignore vindex (w)
select * from (select 1 from dual) as x(a, b), lateral (select 2 from dual) as y
select * from ((select 1) union (select 2)) x => select * from (select 1 from dual union select 2 from dual) as x
select * from ((a)) => select * from a
select * from json_table('[1]', '$[*]' columns(a int path '$')) as j
select a from t where b group by c, d + 1 having e order by f, g desc limit 1, 2 => select a from t where b group by c, d + 1 having e order by f asc, g desc limit 1, 2
select a from t group by a with rollup
select a from t limit 5 offset 6 => select a from t limit 6, 5
select a from t for update of t skip locked
select a from t for share nowait
select a from t lock in share mode
select a into @x, @y from t => select a from t into @x, @y
select a from t into outfile '/tmp/x' fields terminated by ','
(select 1) => select 1 from dual
(select a from t order by b limit 1) union all (select c from u limit 2) order by 1 limit 3 => (select a from t order by b asc limit 1) union all (select c from u limit 2) order by 1 asc limit 3
select 1 union select 2 union all select 3 => select 1 from dual union select 2 from dual union all select 3 from dual
select 1 union (select 2 union all select 3) => select 1 from dual union (select 2 from dual union all select 3 from dual)
(select 1 union select 2) union select 3 => select 1 from dual union select 2 from dual union select 3 from dual
select 1 intersect select 2 except select 3 => select 1 from dual intersect select 2 from dual except select 3 from dual
with a as (select 1), recursive_b(x) as (select 2) select * from a => with a as (select 1 from dual), recursive_b(x) as (select 2 from dual) select * from a
with recursive a(n) as (select 1 union all select n + 1 from a) select * from a limit 5 => with recursive a(n) as (select 1 from dual union all select n + 1 from a) select * from a limit 5
values row(1, 2), row(3, 4) order by 1 limit 1 => values row(1, 2), row(3, 4) order by 1 asc limit 1
table t order by a limit 1 => table t order by a asc limit 1
select (select 1 from dual), exists (select 2 from dual), a in (select 3 from dual) from t
select ((select 1)), ((select 1) + 1), ((select 1) union (select 2)) => select (select 1 from dual), (select 1 from dual) + 1, (select 1 from dual union select 2 from dual) from dual
select next value from seq => select next 1 values from seq
select next 5 values from seq
select /*vt+ A=1 */ /*+ NO_ICP(t) */ a from t
select /*!40000 1 + */ 2 -- rest => select 1 + 2 from dual
select `select`, t.`from`, t.from, name, status from t => select `select`, t.`from`, t.`from`, `name`, `status` from t
# dml
insert into t values (1, default), (null, 2)
insert ignore t (a, b) value (1, 2) => insert ignore into t(a, b) values (1, 2)
insert into t set a = 1, b = a + 1 => insert into t(a, b) values (1, a + 1)
insert into t() values () => insert into t values ()
insert low_priority into ks.t partition (p0) (a) select a from u on duplicate key update a = values(a), b = b + 1 => insert low_priority into ks.t partition (p0)(a) select a from u on duplicate key update a = values(a), b = b + 1
insert into t(a) select a from u join v on duplicate key update a = 1
insert into t(a) values (1) as new(x) on duplicate key update a = new.x => insert into t(a) values (1) as new (x) on duplicate key update a = new.x
insert into t (select 1) => insert into t select 1 from dual
replace into t(a) values (1)
replace t set a = 1 => replace into t(a) values (1)
update ignore t set a = 1, t.b = default where c order by d limit 1 => update ignore t set a = 1, t.b = default where c order by d asc limit 1
update a join b on a.x = b.x set a.y = b.y where b.z
update a, b set a.x = 1
delete quick from t where a order by b limit 1 => delete quick from t where a order by b asc limit 1
delete from t as x partition (p0) where x.a = 1
delete a, b.* from a join b on true where c => delete a, b from a join b on true where c
delete from a, ks.b using a join ks.b where c => delete a, ks.b from a join ks.b where c
with x as (select 1 from dual) delete from t where a in (select * from x)
with x as (select 1 from dual) update t set a = 1
# set, show, use
set a = 1, @b = 2, @@session.c = 3, global d = 4, local e := on => set @@a = 1, @b = 2, @@c = 3, @@global.d = 4, @@e = 'on'
set names utf8mb4 collate utf8mb4_bin => set names 'utf8mb4' collate utf8mb4_bin
set character set default => set charset default
set session transaction isolation level read committed, read only
set transaction read write
use ks
use `ks:-80@replica`
use ks:-80@replica => use `ks:-80@replica`
show full tables from ks like 'a%'
show columns in t from ks where a = 1 => show columns from t from ks where a = 1
show global variables like 'x'
show create table ks.t
show vitess_tablets like 'x'
show vschema vindexes on ks.t => show vschema vindexes from ks.t
# transactions
begin
start transaction with consistent snapshot, read only
commit
rollback
rollback work to savepoint a => rollback to a
savepoint a
release savepoint a
# others
explain format = json select 1 => explain format = json select 1 from dual
describe t => describe t
desc ks.t 'a%' => describe ks.t `a%`
vexplain select 1 => vexplain plan select 1 from dual
vexplain /*vt+ EXECUTE_DML_QUERIES */ queries update t set a = 1
prepare p from 'select 1'
execute p using @a, @b
deallocate prepare p
drop prepare p => deallocate prepare p
call ks.p(1, @a)
do sleep(1), 2
kill query 5
kill connection 5 => kill 5
lock tables a read, b as c write
unlock tables
flush tables a, b with read lock
load data infile 'x' into table t
stream * from msg
vstream * from t where pos > 'x' limit 5
alter vschema on t add vindex hash_v (id) using hash with a=1, b='c' => alter vschema on t add vindex hash_v (id) using `hash` with a='1', b='c'
alter vschema add sequence s
alter vitess_migration 'x' retry
revert vitess_migration 'x'
grant select on *.* to 'u'@'%'
xa start 'x'
analyze table t
create table ks.t (id bigint unsigned not null auto_increment, v varchar(10) default 'a,b)', primary key (id), constraint c foreign key (v) references ks.u (w)) comment 'vitess_sequence'
create table t2 like t
create table t3 (a int) select 1 as a => create table t3 (a int) select 1 as a from dual
alter table ks.t add column b int, rename to ks.u
drop table if exists a, ks.b
truncate t
rename table a to b, c to ks.d
create or replace view v as select 1 => create or replace view v as select 1 from dual
create definer = 'a'@'b' sql security invoker view v as select 1 from dual with check option
create unique index i on ks.t (a desc)
drop index i on t
create database if not exists d
create procedure p() begin select 1; select 2; end
# what vtgate takes beyond MySQL, or prints in another way
select count(distinctrow a) from t union distinctrow select 1 => select count(distinct a) from t union select 1 from dual
select :a.b, :v1 from t
select next value for s => select next 1 values from s
select 1 from t as 'u' => select 1 from t as u
select 1 from t use index (primary) => select 1 from t use index (`primary`)
select (a and b) and c, (a or b) or c, a and (b and c) from t => select a and b and c, a or b or c, a and (b and c) from t
use @replica => use `@replica`
optimize foo
alter vschema on u add vindex v (name) using lookup with owner=u, table=x, from=name => alter vschema on u add vindex v (`name`) using lookup with owner='u', `table`='x', `from`='name'
set transaction_isolation = 'serializable' => set @@session.transaction_isolation = 'serializable'
set @@transaction_isolation = 'serializable'
set session transaction_read_only = 1, local x = 1 => set @@session.transaction_read_only = 1, @@x = 1
# clauses after a query in parentheses that has its own
(select 1 from dual order by 1 desc) order by 1 asc limit 2 => select 1 from dual order by 1 asc limit 2
(select a from t order by a) limit 2 => select a from t order by a asc limit 2
(select a from t limit 5) limit 2 => select a from t limit 2
(select a from t limit 2) limit 5 => select a from t limit 2
(select a from t limit 3, 5) limit 1, 7 => select a from t limit 4, 4
(select a from t limit 5) limit 9, 7 => select a from t limit 9, 0
(with x as (select 1 from dual) select * from x) limit 2 => with x as (select 1 from dual) select * from x limit 2
# JSON_TABLE and files
select * from json_table('[1]', "$[*]" COLUMNS ( a INT  PATH "$", Rowid FOR ORDINALITY)) j => select * from json_table('[1]', '$[*]' columns(a int path '$', Rowid for ordinality)) as j
select * from json_table(t.j, '$[*]' columns(a varchar(10) character set latin1 collate latin1_bin path '$' default '1' on empty error on error, b int unsigned exists path '$.b')) as j
select * from json_table(t.j, '$' columns(nested '$.a[*]' columns(b decimal(5,2) path '$', nested path '$.c' columns(d json path '$' null on empty)))) as j => select * from json_table(t.j, '$' columns(nested path '$.a[*]' columns(b decimal(5, 2) path '$', nested path '$.c' columns(d json path '$' null on empty)))) as j
select a from t into OUTFILE 'f' CHARSET latin1 COLUMNS TERMINATED BY ',' OPTIONALLY ENCLOSED BY '"' ESCAPED BY '\\' LINES STARTING BY '' TERMINATED BY "\n" => select a from t into outfile 'f' character set latin1 fields terminated by ',' optionally enclosed by '\"' escaped by '\\' lines starting by '' terminated by '\n'
select a into dumpfile 'f' from t => select a from t into dumpfile 'f'
select a from t into outfile s3 'f' format csv header fields terminated by 0x2c manifest on overwrite off
select a from t into outfile 'f' lines terminated by 'x' for update => select a from t for update into outfile 'f' lines terminated by 'x'
set vitess_metadata.app = '1' => set @@vitess_metadata.app = '1'
# names beside words
create table`t`like`u` => create table t like u
create table`a b`(c int) => create table`a b`(c int)
drop table`t`,`u` => drop table t,u
create view`v`as select`a`from`t` => create view v as select a from t
alter table`t`rename`u` => alter table t rename u
create table t (a int) partition by hash( )
