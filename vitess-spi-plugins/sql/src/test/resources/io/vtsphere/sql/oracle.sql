# Statements by section of the MySQL 8.0 manual, on the tables of StatementGenerator; MySQL 8.0.15 must accept each of them.
# 9.1 literal values
select 'a' 'b' "c", N'n', n'x', _utf8mb4'u', _latin1 X'41', _binary 0x41, 'it''s', "say ""hi""", 'tab\tnl\nbs\\q\'' from t
select 1, -1, +1, 1.5, .5, 5., 1e3, 1.5e-3, 0x1F, X'1f', x'1F', 0b101, b'101', B'1', true, FALSE, null from t
select date '2024-01-01', time'10:00:00', timestamp '2024-01-01 10:00:00.123', {d '2024-01-01'}, {t '10:00:00'}, {ts '2024-01-01 10:00:00'} from t
select * from t where d > date'2024-02-03' and d < '2024-02-03 04:05:06' and bt = b'11' and bin = x'6162'
select 'a\%b' like 'a\%b', 'a\_b' like 'a\_b', '\%' = '%', '\\%' from t
select 0x, 1 from t where 1 = 0
# 9.2 schema object names
select `t`.`a`, t.`b`, oracle.t.c, `oracle`.`t`.`d` from `oracle`.`t`
select `a``b` from (select 1 as `a``b`) as `x y`
select t.a as `select`, t.b 'quoted', t.c "also quoted", t.d as 'as quoted' from t
select 1 as value, 2 as status, 3 as date, 4 as offset, 5 as `key` from t
# 9.3, 9.4 keywords and user variables
select @a, @`b c`, @'d', @"e", @a.b, @_x$1 from t
select @x := a, @y := @x + 1 from t where @z := b
select @@sql_mode, @@session.sql_mode, @@global.sql_mode, @@local.autocommit from t
# 9.5 expressions
select a + b * c - d / e % f div a mod b, (a + b) * (c - d) from t
select -a, - -a, -(-a), ~a, !a, not a, not not a, ! !a, -a ^ 2, ~(a + 1) from t
select a & b | c ^ d << 1 >> 2, (a | b) & c, a ^ b ^ c, 1 << (2 << 3), (1 << 2) << 3 from t
select a = b = 1, a < b < 3, (a < b) < 3, a <=> null, a <> b, a != b, a >= b from t
select a and b or a and not b, (a or b) and (a xor b), a xor b xor 1, not a and b, not (a and b), a && b || b from t
select a between 1 and 2 and b between 3 and 4, a not between 1 and 2, not a between 1 and 2, a between b and c and d from t
select a is null, a is not null, a is true, a is not false, a is unknown, (a is null) is null, a = 1 is true from t
select a in (1), a in (1, 2), a not in (1, null), (a, b) in ((1, 2), (3, 4)), row(a, b) = row(1, 2) from t
select c like 'a%', c not like '%b', c like 'a|%' escape '|', c regexp '^a', c rlike 'b$', c not regexp 'c', c sounds like 'd' from t
select a in (1, 2) = b, a = b in (1, 2), (a = b) in (1, 2), a like b = c, (a like b) like c from t
select case a when 1 then 'x' when 2 then 'y' else 'z' end, case when a > 1 then b when a < 0 then -b end from t
select d + interval 1 day, d - interval '1:30' minute_second, interval 1 month + d, d + interval a + 1 hour, date_add(d, interval -1 quarter) from t
select c collate utf8mb4_bin, 'a' collate utf8mb4_general_ci = c, binary c, binary c = 'X', _utf8mb4'a' collate utf8mb4_bin from t
select a = (select max(a) from u), (select 1) + (select 2), exists (select 1 from u), not exists (select 1 from u) from t
select a = any (select a from u), a > all (select a from u), a <> some (select a from u), (a, b) = (select a, b from u limit 1) from t
# 12 functions
select abs(a), ceil(e), floor(e), round(e, 1), mod(a, 2), a mod 2, pow(a, 2), sign(a), truncate(e, 1), rand(3), pi(), log(2, a) from t
select concat(a, 'x', null), concat_ws(',', a, b), char(65, 66), char(65 using utf8mb4), ascii(c), hex(c), unhex('41'), lower(c), ucase(c) from t
select substring(c, 2), substring(c from 2), substring(c, 2, 3), substr(c from 2 for 3), mid(c, 1, 2), left(c, 1), right(c, 1), locate('a', c), position('a' in c) from t
select trim(c), trim('x' from c), trim(leading from c), trim(both 'x' from c), trim(trailing 'y' from c), ltrim(c), rpad(c, 5, 'x') from t
select replace(c, 'a', 'b'), insert(c, 1, 2, 'x'), repeat(c, 2), reverse(c), elt(1, 'a', 'b'), field(c, 'a', 'b'), find_in_set('a', c), format(e, 2), format(e, 2, 'de_DE') from t
select now(), now(3), current_timestamp, current_timestamp(), current_timestamp(6), localtime, localtimestamp(), sysdate(), utc_date, utc_time(), utc_timestamp(2), curdate(), curtime() from t where 1 = 0
select current_date, current_date(), current_time, current_user, current_user(), user(), database(), schema(), version(), connection_id() from t where 1 = 0
select date(d), time(d), year(d), month(d), day(d), hour(d), minute(d), second(d), microsecond(d), quarter(d), week(d), week(d, 1), dayofweek(d) from t
select extract(year_month from d), extract(day_microsecond from d), timestampadd(week, 1, d), timestampdiff(second, d, now()), timestamp(d), timestamp(d, '10:00') from t where 1 = 0
select date_format(d, '%Y'), str_to_date('1', '%d'), from_unixtime(1), unix_timestamp(), get_format(date, 'usa'), get_format(datetime, 'iso'), makedate(2024, 3), adddate(d, 1), adddate(d, interval 1 day), subdate(d, 31) from t where 1 = 0
select cast(a as signed), cast(a as unsigned), cast(c as char), cast(c as char(3)), cast(c as char(3) character set latin1), cast(c as binary(2)), cast(a as decimal(5,1)), cast(d as date), cast(d as datetime(2)), cast(d as time), cast(a as json) from t
select convert(a, signed integer), convert(c using latin1), convert(c, char(3)), convert(c, nchar(2)), convert('1', decimal) from t
select if(a, b, c), ifnull(a, b), nullif(a, b), coalesce(a, b, c), greatest(a, b), least(a, b), interval(a, 1, 2, 3), isnull(a) from t
select count(*), count(a), count(distinct a), count(distinct a, b), count(all a), sum(distinct a), avg(all a), min(a), max(distinct c), std(a), stddev_samp(a), var_pop(a), bit_and(a), bit_or(b), bit_xor(a) from t
select group_concat(a), group_concat(distinct a, b order by c desc, a separator ';'), group_concat(c separator ''), json_arrayagg(a), json_objectagg(c, a) from t where c is not null
select j->'$.k', j->>'$.k[0]', t.j->'$', json_extract(j, '$.a', '$.b'), json_object('a', a), json_array(), json_contains(j, '1'), json_unquote(j->'$.k') from t
select match(c) against ('x'), match(t.c) against ('+x -y' in boolean mode), match c against ('x' with query expansion), match (c) against ('x' in natural language mode with query expansion) from t
select weight_string(c), weight_string(c as char(2)), weight_string(c as binary(3)), hex(weight_string('a' collate utf8mb4_bin)) from t
select any_value(a), uuid() is null, sleep(0), benchmark(1, a), found_rows(), row_count(), last_insert_id(), last_insert_id(5), charset(c), collation(c), coercibility(c) from t where 1 = 0
select default(a), values(a) from u
select a, grouping(a) from t group by a with rollup
select regexp_like(c, 'a', 'i'), regexp_replace(c, 'a', 'b'), regexp_instr(c, 'x'), regexp_substr(c, '.') from t
select st_astext(point(1, 2)), st_geomfromtext('POINT(1 1)'), linestring(point(0, 0), point(1, 1)) from t
select inet_aton('1.2.3.4'), md5(c), sha2(c, 256), crc32(c), compress(c), to_base64(c), bin(a), oct(a), conv(a, 10, 16), bit_count(a) from t
# 12.21 window functions
select a, row_number() over (), rank() over (order by a), sum(b) over (partition by a order by id rows between 1 preceding and 1 following) from t
select lead(a, 1, 0) over w, nth_value(a, 2) over (w rows unbounded preceding), first_value(a) over w2 from t window w as (order by id), w2 as (partition by a order by id desc)
select sum(a) over (order by d range between interval 1 day preceding and current row), avg(a) over (order by id range 2 preceding) from t
# 13.2.1 call, do are no EXPLAIN; 13.2.2 delete
delete from t
delete low_priority quick ignore from t where a = 1 order by b desc limit 3
delete from v partition (p0, p2) where x > 1
delete t, u from t inner join u on t.id = u.id where t.a > u.a
delete from t, u using t join u using (id) where u.b is null
delete t.* , u.* from oracle.t, u where t.id = u.id
delete x from t as x join u as y on x.id = y.id
# 13.2.6 insert, 13.2.9 replace
insert into u values (20, 1, 2, 'c', '2024-01-01', 1.5), (21, default, null, default, null, 0)
insert low_priority ignore into u (id, a) values (22, 1 + 1), (23, a)
insert high_priority u (id) value (24)
insert into u set id = 25, a = 1, b = a + 1
insert into u () values ()
insert into v partition (p1) (id, x) values (1, 2)
insert into u (id, a) select id + 50, a from t where a is not null
insert into u (id, a) (select 70, 1 union all select 71, 2)
insert into u (id, a) values (1, 2) on duplicate key update a = a + values(a), b = default(b), u.c = 'x'
insert into u (id, a) select t.id, t.a from t join v on t.id = v.id on duplicate key update a = t.a + v.x
replace into u (id, a) values (1, 5)
replace low_priority u set id = 1, a = 2
replace into u (id, a) select id, a from t
# 13.2.10 select
select all a from t
select distinct a, b from t
select distinctrow a from t
select sql_small_result distinct sql_calc_found_rows high_priority a from t group by a
select straight_join sql_buffer_result sql_no_cache t.a from t, u
select *, t.*, oracle.t.* from t
select 1
select 1 from dual where 2
select 1 + 1 as two limit 1
select a from t where b > 1 group by a having count(*) > 1 order by max(b) desc, 1 limit 2, 3
select a from t limit 3 offset 2
select a from t order by a + 1, b desc, field(c, 'x', 'y') limit 0
select a, count(*) from t group by a, b with rollup having a > 1
select a from t group by a order by null
select a from t for update
select a from t join u using (a) for share of t nowait for update of u skip locked
select a from t lock in share mode
# 13.2.10.2 join
select * from t, u, v where t.id = u.id and u.id = v.id
select * from t join u on t.id = u.id join v on u.id = v.id
select * from t join u join v on u.id = v.id on t.id = u.id
select * from t left join u on t.id = u.id left join v on v.id = u.id
select * from t left join (u join v on u.id = v.id) on t.id = u.id
select * from t left join (u, v) on (t.id = u.id and v.id = t.id)
select * from (t, u) left join v on t.id = v.id
select * from t right join u on t.id = u.id and u.a = 1
select * from t left outer join u using (id) right outer join v using (id)
select * from t natural join u natural left join v
select * from t natural right outer join u
select * from t cross join u on t.id = u.id inner join v
select * from t straight_join u on t.id = u.id
select * from ((t))
select * from (t join u on t.id = u.id)
select * from { oj t left outer join u on t.id = u.id }
select * from t as x join t as y on x.id = y.id join oracle.t as z on y.id = z.id
select * from v partition (p0, p1) as w where w.x = 1
select * from t use index (primary) ignore index for join (c), u force index for order by (ka) use key for group by (ka)
select * from t use index (), u ignore key (ka, primary)
# 13.2.10.3 union, 13.2.11 subqueries, derived, lateral
select a from t union select a from u
select a from t union all select b from u union distinct select x from v
(select a from t order by id limit 1) union (select a from u order by id desc limit 1) order by a limit 1
select a from t union all (select a from u limit 1) order by 1
(select a from t) union (select a from u)
select * from (select a from t union select a from u) as d where d.a > 1
select * from (select a, b from t limit 1) as d (x, y) join u on u.a = d.x
select (select a from u where u.id = t.id limit 1) from t where exists (select 1 from v where v.x = t.a)
select * from t where a in (select a from u) and (a, b) not in (select a, b from u) and a >= all (select x from v)
select * from t where (select a, b from u limit 1) = row(1, 2)
select * from t, lateral (select max(u.a) as m from u where u.id <= t.id) as l
select * from t left join lateral (select * from u where u.id = t.id limit 1) as l on true
# 13.2.12 update
update t set a = 1, b = b + 1
update low_priority ignore t set t.a = default, c = null where id = 1 order by id desc limit 1
update t, u set t.a = u.a, u.b = 1 where t.id = u.id
update t as x left join u y on x.id = y.id set x.a = y.a where y.id is not null
update v partition (p1) set x = 2 where id > 0
update t set a = (select max(a) from u), c = case when a = 1 then 'x' else c end
# 13.2.13 with
with w as (select a from t) select * from w
with w (x, y) as (select a, b from t), w2 as (select x from w) select * from w join w2 using (x)
with recursive n as (select 1 as i union all select i + 1 from n where i < 3) select * from n, t where n.i = t.id
with w as (select 1 as x) update t, w set t.a = w.x
with w as (select id from u) delete t from t join w on t.id = w.id
select * from t where a in (with w as (select a from u) select a from w)
insert into u (id) with recursive n (i) as (select 100 union all select i + 1 from n where i < 103) select i from n
# 9.6 comments, 8.9 hints
select /* a */ a /* b */ from /* c */ t -- end
select a # comment
select /*! straight_join */ t.a from t, u
select /*!50000 a, */ b /*!99999 , nothing */ from t
select /*+ NO_RANGE_OPTIMIZATION(t) SET_VAR(sort_buffer_size = 262144) */ a from t where id > 1
select 1 --1
select 1-- 1
select 5 - -1, 5--1, a-- -1
# table functions
select * from json_table('[{"a": 1}, {"a": "x"}]', '$[*]' columns (n for ordinality, a int path '$.a' default '7' on error null on empty, e int exists path '$.e')) as jt
select jt.* from t, json_table(t.j, '$.k[*]' columns (v varchar(20) character set latin1 path '$', nested path '$.x[*]' columns (y decimal(5,2) path '$'))) jt
