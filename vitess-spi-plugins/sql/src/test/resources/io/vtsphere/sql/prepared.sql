# Statements that MySQL cannot EXPLAIN, on the tables of StatementGenerator: it prepares them as written and as printed, or refuses both alike.
# 13.1 data definition
create table n1 (id bigint unsigned not null auto_increment primary key, a varchar(20) character set latin1 collate latin1_bin default 'x' comment 'it''s', b enum('a', 'b') not null, c set('x', 'y'), d decimal(10, 2) unsigned zerofill, e timestamp(3) default current_timestamp(3) on update current_timestamp(3), f int generated always as (id + 1) stored, g json, h geometry srid 4326, key k1 (a(5) desc, b), unique key (d), fulltext ft (a), constraint fk foreign key (id) references t (id) on delete cascade on update set null, check (d > 1)) engine = InnoDB default charset = utf8mb4 comment 'vitess_sequence' row_format = dynamic
create table if not exists n2 like t
create table n2 (like t)
create temporary table n3 (a int) select 1 as a
create table n4 as select a, b from t where a > 1 union select a, b from u
create table n5 (id int, primary key (id)) partition by range (id) (partition p0 values less than (10), partition p1 values less than maxvalue)
create table n6 (id int, s int) partition by list columns (s) (partition a values in (1, 2), partition b values in (3))
create table n7 (id int) partition by key (id) partitions 4
create table `odd ``name` (`a b` int, `select` int, key `k k` (`a b`))
create table oracle.n8 (a int)
alter table t add column z int after a, add index iz (z), drop column c, alter column a set default 5, modify b bigint not null first, change e e2 double, rename index c to p2, engine = innodb
alter table t add constraint c1 check (a > 1), drop foreign key f, drop primary key, disable keys
alter table t rename to t9
alter table t rename column a to aa
alter table v add partition partitions 2
alter table v truncate partition p0, p1
alter table v coalesce partition 1
alter table t convert to character set utf8mb4 collate utf8mb4_bin, algorithm = inplace, lock = none
create index ix on t (a, b desc) using btree comment 'x'
create unique index ux on t (c(10)) algorithm = inplace lock = none
create fulltext index fx on t (c)
drop index ix on t
drop table if exists t, u restrict
drop temporary table if exists n3
drop view if exists w1, w2 cascade
rename table t to t2, oracle.u to oracle.u2
truncate table t
truncate t
create database if not exists d1 character set utf8mb4 collate utf8mb4_bin
create schema d2 default charset latin1
alter database d1 collate utf8mb4_bin
drop database if exists d1
create view w1 as select a, b from t where a > 1
create or replace algorithm = merge definer = root@localhost sql security invoker view w2 (x, y) as select a, count(*) from t group by a with local check option
alter view w1 as select 1 as a
# 13.2 and others
do sleep(0), a + 1
call p1(1, 'x', @y)
call oracle.p2
call p3()
set @a = 1, @b := 2 + 3
set autocommit = 1, session sql_mode = 'ANSI', global max_connections = 100
set @@session.sort_buffer_size = default, @@global.sort_buffer_size = 100000, @@sql_mode = ''
set names utf8mb4
set names utf8mb4 collate utf8mb4_bin
set names default
set character set latin1
set charset default
set transaction_isolation = 'READ-COMMITTED'
set @@transaction_isolation = 'READ-COMMITTED'
set session transaction_read_only = on
set session transaction isolation level read committed, read only
set global transaction read write
set transaction isolation level serializable
show databases
show databases like 'o%'
show full tables from oracle where Table_type = 'BASE TABLE'
show tables in oracle like 't'
show open tables
show table status from oracle like 't'
show full columns from t from oracle like 'a%'
show fields in oracle.t
show extended full columns from t
show index from t
show keys in t from oracle where Key_name = 'PRIMARY'
show create table t
show create view oracle.w1
show create database if not exists oracle
show create procedure p
show global variables like 'max%'
show session status where Value > 1
show local variables
show engines
show storage engines
show engine innodb status
show warnings limit 1, 2
show errors
show count(*) warnings
show processlist
show full processlist
show grants for root@localhost
show privileges
show plugins
show character set like 'utf8%'
show charset
show collation where Charset = 'latin1'
show triggers from oracle
show events
show function status
show procedure status like 'x'
show binary logs
show master status
show profiles
analyze table t, u
analyze no_write_to_binlog table t
check table t quick
checksum table t, oracle.u extended
optimize local table t
repair table t
flush tables
flush local tables t, u with read lock
flush privileges
flush status
kill 99999999
kill query 99999999
kill connection 99999999
commit
rollback
grant select (a, b), insert on oracle.t to root@localhost with grant option
revoke all privileges on *.* from root@localhost
create user if not exists x@localhost identified by 'y'
drop user if exists x@localhost
rename user a@b to c@d
# refused by both
create tabel x (a int)
select from t
insert into t values
update t a = 1
show nothing at all
drop
set @a
do
call
