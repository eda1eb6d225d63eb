-- one shard: always answered
+ SELECT * FROM customer WHERE customer_id = 3
+ SELECT name FROM customer AS c WHERE c.customer_id = 3 AND age > 1
+ SELECT name FROM `customer` WHERE `customer_id` = 4 FOR UPDATE
+ SELECT count(*), sum(age), avg(age), min(name), max(name) FROM customer WHERE customer_id = 5
+ SELECT count(*) + 1 AS n FROM orders WHERE customer_id = 5
+ SELECT name FROM customer WHERE customer_id = '7'
+ SELECT o.sku FROM customer c JOIN orders o ON c.customer_id = o.customer_id WHERE c.customer_id = 6 ORDER BY o.sku
+ SELECT o.sku FROM customer c, orders o WHERE c.customer_id = o.customer_id AND o.customer_id = 6 ORDER BY o.sku
+ SELECT sku, count(*) AS n FROM orders WHERE customer_id = 8 GROUP BY sku HAVING count(*) > 0 ORDER BY sku
+ SELECT c.name, o.sku FROM customer c LEFT JOIN orders o ON c.customer_id = o.customer_id WHERE c.customer_id = 9 ORDER BY o.order_id
+ SELECT name FROM customer WHERE customer_id = 3 AND EXISTS (SELECT 1 FROM orders o WHERE o.customer_id = 3)
+ SELECT name FROM customer c WHERE customer_id = 3 AND EXISTS (SELECT 1 FROM orders o WHERE o.customer_id = c.customer_id)
+ SELECT * FROM (SELECT name, age FROM customer WHERE customer_id = 3) t
+ SELECT name FROM customer WHERE customer_id = 3 UNION SELECT name FROM customer WHERE customer_id = 3
+ SELECT name, country.title FROM customer, country WHERE customer_id = 3 AND country.code = customer.code
SELECT name, (SELECT count(*) FROM orders o WHERE o.customer_id = 3) AS n FROM customer WHERE customer_id = 3
SELECT group_concat(sku ORDER BY sku) AS g FROM orders WHERE customer_id = 8
SELECT name, row_number() OVER (ORDER BY name) AS r FROM customer WHERE customer_id = 3
+ SELECT customer_id, name FROM customer WHERE customer_id IN (3)
+ SELECT customer_id, name FROM customer WHERE customer_id = 3 OR customer_id = 3
SELECT count(DISTINCT amount) AS n FROM orders WHERE customer_id = 7
SELECT count(DISTINCT amount) FROM orders WHERE customer_id = 7
SELECT sum(DISTINCT amount) AS n FROM orders WHERE customer_id = 7
SELECT avg(DISTINCT amount) AS n FROM orders WHERE customer_id = 7
SELECT max(DISTINCT amount) AS n FROM orders WHERE customer_id = 7
SELECT count(DISTINCT sku) AS n FROM orders WHERE customer_id = 7
SELECT count(DISTINCT amount, sku) AS n FROM orders WHERE customer_id = 7
SELECT count(DISTINCT amount) AS n, count(*) AS m FROM orders WHERE customer_id = 7
SELECT count(DISTINCT amount) AS n, count(DISTINCT sku) AS m FROM orders WHERE customer_id = 7
SELECT count(DISTINCT amount) AS n, max(amount) AS m FROM orders WHERE customer_id = 7
SELECT amount, count(DISTINCT sku) AS n FROM orders WHERE customer_id = 7 GROUP BY amount ORDER BY amount
SELECT sku, count(DISTINCT amount) AS n, sum(amount) AS s FROM orders WHERE customer_id = 7 GROUP BY sku ORDER BY sku
SELECT count(DISTINCT amount) + 1 AS n FROM orders WHERE customer_id = 7
SELECT count(DISTINCT amount) AS n FROM orders WHERE customer_id = 7 HAVING n > 0
SELECT count(DISTINCT name) AS n FROM customer WHERE customer_id IN (1)
SELECT group_concat(DISTINCT sku ORDER BY sku) AS g FROM orders WHERE customer_id = 8
SELECT DISTINCT amount FROM orders WHERE customer_id = 7
SELECT DISTINCTROW amount FROM orders WHERE customer_id = 7
SELECT DISTINCT sku, amount + 1 AS a FROM orders WHERE customer_id = 7
SELECT avg(balance) AS a, avg(score) AS b FROM customer WHERE customer_id = 5
SELECT sku FROM orders WHERE customer_id = 7 ORDER BY sku LIMIT 1 OFFSET 1
SELECT c.customer_id, s.v FROM customer c, setting s WHERE c.customer_id = 1 AND s.k = 1
SELECT c.customer_id, s.v FROM customer c, setting s WHERE c.customer_id = 2 AND s.k = 1
SELECT c.customer_id, s.v FROM customer c, setting s WHERE c.customer_id = 4 AND s.k = 1
SELECT s.v FROM setting s WHERE EXISTS (SELECT 1 FROM customer c WHERE c.customer_id = 1)
SELECT s.v FROM setting s WHERE EXISTS (SELECT 1 FROM customer c WHERE c.customer_id = 4)
SELECT v FROM setting WHERE k IN (SELECT age FROM customer)
-- routing
+ SELECT customer_id, name FROM customer WHERE customer_id IN (1, 2, 3, 4, 5, 30)
+ SELECT customer_id FROM customer WHERE customer_id = 1 OR customer_id = 2 OR customer_id = 3
+ SELECT customer_id FROM customer WHERE customer_id = 1 OR age = 20
+ SELECT customer_id FROM customer WHERE customer_id BETWEEN 3 AND 12
+ SELECT customer_id FROM customer WHERE customer_id > 30 AND customer_id <= 35
+ SELECT customer_id FROM customer WHERE customer_id <> 3
+ SELECT customer_id FROM customer WHERE customer_id IS NOT NULL AND age < 30
SELECT customer_id FROM customer WHERE customer_id NOT IN (1)
SELECT customer_id FROM customer WHERE customer_id NOT IN (1, 2, 3)
SELECT customer_id FROM customer WHERE NOT (customer_id = 1)
SELECT customer_id FROM customer WHERE NOT customer_id = 1 AND age > 0
SELECT customer_id FROM customer WHERE NOT (customer_id IN (1, 2))
SELECT customer_id FROM customer WHERE customer_id NOT BETWEEN 3 AND 38
SELECT customer_id FROM customer WHERE customer_id IN (1, 1 + 1)
SELECT customer_id FROM customer WHERE customer_id IN (1, NULL, 3)
SELECT customer_id FROM customer WHERE customer_id IN (1, abs(-2), '3')
SELECT customer_id FROM customer WHERE customer_id IN (3, '4')
SELECT customer_id FROM customer WHERE customer_id = 3 AND customer_id = '3'
SELECT customer_id FROM customer WHERE customer_id = '3' AND customer_id IN (3, 4)
SELECT customer_id FROM customer WHERE customer_id = 3 AND customer_id = 3.0
SELECT customer_id FROM customer WHERE customer_id = 3 AND customer_id = 4
SELECT customer_id FROM customer WHERE 3 = customer_id
SELECT customer_id FROM customer WHERE 38 < customer_id
SELECT customer_id FROM customer WHERE customer_id = 1 + 2
SELECT customer_id FROM customer WHERE customer_id + 0 = 3
SELECT customer_id FROM customer WHERE (customer_id = 3) = 0
SELECT customer_id FROM customer WHERE (customer_id = 3) IS NOT TRUE
SELECT customer_id FROM customer WHERE (1 AND customer_id = 3 AND 1) = 0
SELECT customer_id FROM customer WHERE customer_id = 3 XOR customer_id > 35
SELECT customer_id FROM customer WHERE customer_id <=> 3
SELECT customer_id FROM customer WHERE CASE WHEN customer_id = 3 THEN 0 ELSE 1 END
SELECT customer_id FROM customer WHERE IF(customer_id = 3, 0, 1)
SELECT customer_id FROM customer WHERE coalesce(customer_id, 0) = 3
SELECT customer_id FROM customer WHERE customer_id = -3
SELECT customer_id FROM customer WHERE customer_id IN (-3, -2)
SELECT customer_id FROM customer WHERE customer_id = 0x03
SELECT customer_id FROM customer WHERE customer_id = NULL
SELECT customer_id FROM customer WHERE (customer_id, age) = (3, 23)
SELECT customer_id FROM customer WHERE (customer_id, age) IN ((3, 23), (4, 24))
SELECT customer_id FROM customer WHERE customer_id LIKE '3%'
SELECT customer_id FROM customer WHERE customer_id = 3 && age > 0
SELECT customer_id FROM customer WHERE customer_id = 3 || customer_id = 4
SELECT customer_id FROM customer WHERE !(customer_id = 3)
SELECT customer_id FROM customer WHERE customer_id = 3 IN (1, 0)
SELECT customer_id FROM customer WHERE customer_id > 3 IN (0)
SELECT customer_id FROM customer WHERE customer_id = customer_id
SELECT customer_id FROM customer WHERE customer_id = age - 20
-- scatter
+ SELECT customer_id, name, age FROM customer
+ SELECT * FROM customer
+ SELECT customer_id, name FROM customer WHERE age = 25
+ SELECT name FROM customer WHERE name LIKE 'a%'
+ SELECT customer_id, upper(name) AS u, age + 1 AS a FROM customer WHERE email IS NOT NULL
+ SELECT customer_id FROM customer ORDER BY customer_id
+ SELECT customer_id, age FROM customer ORDER BY age DESC, customer_id
+ SELECT customer_id, age FROM customer ORDER BY age, customer_id LIMIT 5
+ SELECT customer_id FROM customer ORDER BY customer_id LIMIT 5 OFFSET 7
+ SELECT customer_id FROM customer ORDER BY customer_id DESC LIMIT 3, 6
+ SELECT name FROM customer ORDER BY customer_id LIMIT 10
+ SELECT customer_id AS id FROM customer ORDER BY id LIMIT 4
+ SELECT customer_id, balance FROM customer ORDER BY balance, customer_id
+ SELECT customer_id, balance FROM customer ORDER BY 2 DESC, 1
SELECT customer_id, seen FROM customer ORDER BY seen, customer_id
SELECT customer_id, born FROM customer ORDER BY born, customer_id
SELECT customer_id, score FROM customer ORDER BY score, customer_id
SELECT customer_id, active FROM customer ORDER BY active, customer_id
SELECT customer_id, name FROM customer ORDER BY name, customer_id
SELECT customer_id, name FROM customer ORDER BY name DESC, customer_id LIMIT 7
SELECT customer_id, level FROM customer ORDER BY level, customer_id
SELECT customer_id, birthyear FROM customer ORDER BY birthyear, customer_id
SELECT customer_id, wake FROM customer ORDER BY wake, customer_id
SELECT customer_id FROM customer ORDER BY age + balance, customer_id
SELECT customer_id FROM customer ORDER BY -customer_id
SELECT customer_id FROM customer ORDER BY abs(age - 30), customer_id
SELECT customer_id FROM customer ORDER BY age IS NULL, customer_id
SELECT customer_id FROM customer ORDER BY length(name), customer_id
SELECT customer_id, name AS age FROM customer ORDER BY age, customer_id
SELECT * FROM customer ORDER BY 1
SELECT * FROM customer ORDER BY name
SELECT customer_id FROM customer ORDER BY name LIMIT 3
+ SELECT sku FROM orders WHERE amount > 3 ORDER BY customer_id, order_id
SELECT SQL_CALC_FOUND_ROWS customer_id FROM customer ORDER BY customer_id LIMIT 2
SELECT customer_id FROM customer ORDER BY customer_id LIMIT 3 FOR UPDATE
SELECT 1 FROM customer
SELECT 'x', customer_id FROM customer ORDER BY customer_id
SELECT c.* FROM customer c ORDER BY c.customer_id
SELECT c.customer_id AS name, c.name AS customer_id FROM customer c ORDER BY c.customer_id
SELECT customer_id, @x := customer_id FROM customer
SELECT customer_id FROM customer WHERE customer_id = @x
SELECT customer_id FROM customer WHERE customer_id > last_insert_id() ORDER BY customer_id
-- aggregates
+ SELECT count(*) FROM customer
+ SELECT count(*) AS n, count(age) AS a FROM customer WHERE age > 20
+ SELECT sum(age) AS s FROM customer
+ SELECT min(age) AS a, max(age) AS b, sum(balance) AS s FROM customer
+ SELECT avg(age) AS a FROM customer
+ SELECT count(*) AS n FROM customer WHERE customer_id IN (1, 2, 3, 4)
SELECT sum(age) FROM customer
SELECT SUM(age), COUNT(*) FROM customer
SELECT count( * ) FROM customer
SELECT COUNT(1) FROM customer
SELECT count(age) FROM customer WHERE age < 0
SELECT sum(age) AS s, avg(age) AS a, min(age) AS i FROM customer WHERE age < 0
SELECT avg(age) FROM customer
SELECT avg(balance) AS a FROM customer
SELECT avg(score) AS a FROM customer
SELECT sum(score) AS a FROM customer
SELECT avg(customer_id) AS a, count(*) AS n FROM customer
SELECT min(name) AS a FROM customer
SELECT max(name) AS a FROM customer
SELECT min(seen) AS a, max(seen) AS b FROM customer
SELECT min(born) AS a, max(born) AS b FROM customer
SELECT min(score) AS a, max(score) AS b FROM customer
SELECT min(balance) AS a, max(balance) AS b FROM customer
SELECT sum(name) AS a FROM customer
SELECT sum(age + 1) AS a FROM customer
SELECT sum(age) + 1 AS a FROM customer
SELECT sum(age) / count(*) AS a FROM customer
SELECT count(*) + count(age) AS a FROM customer
SELECT abs(sum(age)) AS a FROM customer
SELECT ifnull(max(age), 0) AS a FROM customer
SELECT count(*) > 3 AS a FROM customer
SELECT -count(*) AS a FROM customer
SELECT 1, count(*) AS n FROM customer
SELECT max(age), 'x' AS x FROM customer
SELECT count(DISTINCT age) AS n FROM customer
SELECT count(DISTINCT age) FROM customer
SELECT count(DISTINCT name) AS n FROM customer
SELECT count(DISTINCT code) AS n FROM customer
SELECT count(DISTINCT age, code) AS n FROM customer
SELECT sum(DISTINCT age) AS n FROM customer
SELECT avg(DISTINCT age) AS n FROM customer
SELECT max(DISTINCT age) AS n FROM customer
SELECT count(DISTINCT age) AS n, count(*) AS m FROM customer
SELECT count(DISTINCT age) AS n, count(DISTINCT balance) AS m FROM customer
SELECT count(DISTINCT age) AS n FROM customer WHERE age IS NULL
SELECT group_concat(age ORDER BY age) AS g FROM customer
SELECT group_concat(name) AS g FROM customer
SELECT std(age) AS g FROM customer
SELECT variance(age) AS g FROM customer
SELECT bit_or(age) AS g FROM customer
SELECT bit_and(age) AS g FROM customer
SELECT bit_xor(age) AS g FROM customer
SELECT json_arrayagg(age) AS g FROM customer
SELECT any_value(age) AS g FROM customer WHERE age = 25
-- group by
+ SELECT age, count(*) AS n FROM customer GROUP BY age ORDER BY age
+ SELECT age, count(*) AS n, sum(balance) AS s, min(balance) AS i, max(balance) AS x FROM customer GROUP BY age ORDER BY age
+ SELECT age, count(*) AS n FROM customer GROUP BY age
+ SELECT amount, count(*) AS n FROM orders GROUP BY amount ORDER BY amount DESC
+ SELECT customer_id, count(*) AS n FROM orders GROUP BY customer_id ORDER BY customer_id
+ SELECT amount, avg(order_id) AS a FROM orders GROUP BY amount ORDER BY amount
SELECT age, count(*) FROM customer GROUP BY age ORDER BY count(*), age
SELECT age, count(*) AS n FROM customer GROUP BY age ORDER BY n DESC, age
SELECT age, count(*) AS n FROM customer GROUP BY age ORDER BY n DESC, age LIMIT 3
SELECT age, count(*) AS n FROM customer GROUP BY age ORDER BY age LIMIT 3
SELECT age, count(*) AS n FROM customer GROUP BY age ORDER BY age LIMIT 2 OFFSET 3
SELECT count(*) AS n FROM customer GROUP BY age ORDER BY age
SELECT count(*) AS n FROM customer GROUP BY age
SELECT age FROM customer GROUP BY age ORDER BY age
SELECT age, balance, count(*) AS n FROM customer GROUP BY age, balance ORDER BY age, balance
SELECT age, balance, count(*) AS n FROM customer GROUP BY age, balance ORDER BY balance, age
SELECT age, count(*) AS n FROM customer GROUP BY 1 ORDER BY 1
SELECT age AS a, count(*) AS n FROM customer GROUP BY a ORDER BY a
SELECT code, count(*) AS n FROM customer GROUP BY code ORDER BY code
SELECT name, count(*) AS n FROM customer GROUP BY name ORDER BY name
SELECT age + 1 AS a, count(*) AS n FROM customer GROUP BY age + 1 ORDER BY a
SELECT born, count(*) AS n FROM customer GROUP BY born ORDER BY born
SELECT year(born) AS y, count(*) AS n FROM customer GROUP BY year(born) ORDER BY y
SELECT age, count(*) AS n FROM customer GROUP BY age HAVING count(*) > 1 ORDER BY age
SELECT age, count(*) AS n FROM customer GROUP BY age HAVING n > 1 ORDER BY age
SELECT customer_id, count(*) AS n FROM orders GROUP BY customer_id HAVING count(*) > 1 ORDER BY customer_id
SELECT customer_id, age FROM customer HAVING age > 25 ORDER BY customer_id
SELECT age, count(*) AS n FROM customer GROUP BY age WITH ROLLUP
SELECT age, count(DISTINCT balance) AS n FROM customer GROUP BY age ORDER BY age
SELECT age, group_concat(customer_id ORDER BY customer_id) AS g FROM customer GROUP BY age ORDER BY age
SELECT customer_id, group_concat(sku ORDER BY sku) AS g FROM orders GROUP BY customer_id ORDER BY customer_id
SELECT age, avg(balance) AS g FROM customer GROUP BY age ORDER BY age
SELECT age, count(*) + 1 AS g FROM customer GROUP BY age ORDER BY age
SELECT age, sum(balance) AS g FROM customer GROUP BY age ORDER BY sum(balance), age
SELECT active, count(*) AS n FROM customer GROUP BY active ORDER BY active
SELECT score, count(*) AS n FROM customer GROUP BY score ORDER BY score
SELECT seen, count(*) AS n FROM customer GROUP BY seen ORDER BY seen
-- distinct
+ SELECT DISTINCT age FROM customer ORDER BY age
+ SELECT DISTINCT amount FROM orders
SELECT DISTINCT age, balance FROM customer ORDER BY age, balance
SELECT DISTINCT age FROM customer ORDER BY age LIMIT 3
SELECT DISTINCT age FROM customer ORDER BY age DESC LIMIT 3, 2
SELECT DISTINCT code FROM customer
SELECT DISTINCT name FROM customer ORDER BY name
SELECT DISTINCT age + 1 AS a FROM customer
SELECT DISTINCT * FROM customer
SELECT DISTINCT born FROM customer
SELECT DISTINCT seen FROM customer
SELECT DISTINCT active FROM customer
SELECT DISTINCT score FROM customer
SELECT DISTINCT sku, amount FROM orders
SELECT DISTINCT customer_id FROM orders ORDER BY customer_id
SELECT DISTINCT count(*) AS n FROM customer GROUP BY age
SELECT DISTINCTROW age FROM customer
-- joins
+ SELECT c.customer_id, o.order_id FROM customer c JOIN orders o ON c.customer_id = o.customer_id
+ SELECT c.customer_id, o.order_id FROM customer c JOIN orders o ON c.customer_id = o.customer_id ORDER BY c.customer_id, o.order_id
+ SELECT c.name, o.sku FROM customer c, orders o WHERE c.customer_id = o.customer_id AND o.amount > 2
+ SELECT c.customer_id, count(*) AS n FROM customer c JOIN orders o ON c.customer_id = o.customer_id GROUP BY c.customer_id ORDER BY c.customer_id
SELECT c.customer_id, o.order_id FROM customer c JOIN orders o USING (customer_id)
SELECT c.customer_id, o.order_id FROM customer c LEFT JOIN orders o ON c.customer_id = o.customer_id
SELECT c.customer_id, o.order_id FROM customer c LEFT JOIN orders o ON c.customer_id = o.customer_id AND o.customer_id = 2
SELECT c.customer_id, o.order_id FROM customer c LEFT JOIN orders o ON c.customer_id = o.customer_id AND o.amount > 3
SELECT c.customer_id, o.order_id FROM customer c LEFT JOIN orders o ON c.customer_id = o.customer_id WHERE o.order_id IS NULL
SELECT c.customer_id, o.order_id FROM orders o RIGHT JOIN customer c ON c.customer_id = o.customer_id
SELECT c.customer_id, o.order_id FROM customer c LEFT JOIN orders o ON c.customer_id = 2 AND c.customer_id = o.customer_id
SELECT c.customer_id, o.order_id FROM customer c NATURAL JOIN orders o
SELECT c.customer_id, o.order_id FROM customer c JOIN orders o ON c.customer_id = o.order_id
SELECT c.customer_id, o.order_id FROM customer c JOIN orders o ON c.age = o.amount
SELECT c.customer_id, o.order_id FROM customer c, orders o WHERE c.customer_id < 3 AND o.order_id < 5
SELECT a.customer_id, b.customer_id FROM customer a, customer b WHERE a.age = b.age AND a.customer_id < b.customer_id
SELECT a.customer_id, b.name FROM customer a JOIN customer b ON a.customer_id = b.customer_id
SELECT a.customer_id, b.customer_id FROM customer a, customer b WHERE a.customer_id = 3 AND b.customer_id = 4
SELECT a.customer_id, b.customer_id FROM customer a, customer b WHERE a.customer_id = 3 AND b.customer_id = 3
SELECT a.customer_id, b.customer_id FROM customer a, customer b WHERE a.customer_id = 3 AND b.age = 25
SELECT c.customer_id, o.order_id FROM customer c, orders o WHERE c.customer_id = 3 AND o.customer_id = 4
SELECT c.customer_id, o.order_id FROM customer c, orders o WHERE c.customer_id = 3 AND o.customer_id = 3
SELECT c.customer_id, v.visit_id FROM customer c JOIN visit v ON c.customer_id = v.customer_id
SELECT c.customer_id, v.visit_id FROM customer c JOIN visit v ON c.customer_id = v.customer_id WHERE c.customer_id = 5
SELECT c.customer_id, v.visit_id FROM customer c JOIN visit v ON c.customer_id = v.customer_id WHERE v.customer_id IN (1, 2, 3)
SELECT c.customer_id, v.visit_id FROM customer c LEFT JOIN visit v ON c.customer_id = v.customer_id
SELECT c.customer_id, o.order_id, v.visit_id FROM customer c JOIN orders o ON c.customer_id = o.customer_id JOIN visit v ON o.customer_id = v.customer_id
SELECT o.sku, i.qty FROM orders o JOIN item i ON o.sku = i.sku
SELECT o.sku, i.qty FROM orders o JOIN item i ON o.customer_id = i.item_id
SELECT o.sku, i.qty FROM orders o JOIN item i ON o.sku = i.sku WHERE o.customer_id = 3 AND i.item_id = 3
+ SELECT c.customer_id, t.title FROM customer c JOIN country t ON c.code = t.code
+ SELECT t.title, count(*) AS n, t.population FROM customer c JOIN country t ON c.code = t.code WHERE c.customer_id = 5 GROUP BY t.title, t.population
SELECT c.customer_id, t.title FROM customer c LEFT JOIN country t ON c.code = t.code
SELECT c.customer_id, t.title FROM country t LEFT JOIN customer c ON c.code = t.code
SELECT c.customer_id, t.title FROM customer c RIGHT JOIN country t ON c.code = t.code
SELECT c.customer_id, t.title FROM customer c RIGHT JOIN country t ON c.code = t.code AND c.customer_id = 3
SELECT t.population, count(*) AS n FROM customer c JOIN country t ON c.code = t.code GROUP BY t.population ORDER BY t.population
+ SELECT title FROM country ORDER BY title
+ SELECT count(*) AS n FROM country
SELECT c.customer_id, s.v FROM customer c, setting s WHERE s.k = c.age
SELECT c.customer_id, s.v FROM customer c, setting s WHERE c.customer_id = 3 AND s.k = 1
SELECT c.customer_id, s.v FROM customer c LEFT JOIN setting s ON s.k = c.age
+ SELECT * FROM setting ORDER BY k
SELECT s.v, t.title FROM setting s, country t
-- subqueries
SELECT customer_id FROM customer WHERE customer_id IN (SELECT customer_id FROM orders WHERE amount > 3)
SELECT customer_id FROM customer WHERE customer_id NOT IN (SELECT customer_id FROM orders)
SELECT customer_id FROM customer WHERE customer_id = (SELECT max(customer_id) FROM orders)
SELECT customer_id FROM customer WHERE age > (SELECT avg(age) FROM customer)
SELECT customer_id FROM customer c WHERE EXISTS (SELECT 1 FROM orders o WHERE o.customer_id = c.customer_id)
SELECT customer_id FROM customer c WHERE NOT EXISTS (SELECT 1 FROM orders o WHERE o.customer_id = c.customer_id)
SELECT customer_id FROM customer WHERE EXISTS (SELECT 1 FROM orders WHERE customer_id = 2)
SELECT customer_id FROM customer WHERE EXISTS (SELECT 1 FROM orders o WHERE o.customer_id = 2 AND o.amount > 0) AND age > 20
SELECT customer_id FROM customer WHERE customer_id = 3 AND EXISTS (SELECT 1 FROM orders WHERE customer_id = 4)
SELECT customer_id FROM customer WHERE customer_id = 3 AND EXISTS (SELECT 1 FROM orders WHERE amount > 0)
SELECT customer_id FROM customer WHERE customer_id = 3 AND age > (SELECT min(age) FROM customer)
SELECT customer_id FROM customer WHERE customer_id = 3 AND customer_id IN (SELECT customer_id FROM orders)
SELECT customer_id, (SELECT count(*) FROM orders) AS n FROM customer WHERE customer_id = 3
SELECT customer_id, (SELECT count(*) FROM orders o WHERE o.customer_id = c.customer_id) AS n FROM customer c
SELECT customer_id, (SELECT count(*) FROM orders o WHERE o.customer_id = c.customer_id AND o.customer_id = 2) AS n FROM customer c
SELECT customer_id FROM customer WHERE code IN (SELECT code FROM country WHERE population > 10)
SELECT customer_id, (SELECT title FROM country t WHERE t.code = c.code) AS t FROM customer c
SELECT customer_id FROM customer WHERE age IN (SELECT k FROM setting)
SELECT customer_id FROM customer WHERE customer_id = 3 AND age IN (SELECT k FROM setting)
SELECT title FROM country WHERE code IN (SELECT code FROM customer)
SELECT title FROM country t WHERE EXISTS (SELECT 1 FROM customer c WHERE c.code = t.code AND c.customer_id = 3)
SELECT * FROM (SELECT customer_id, age FROM customer) t
SELECT * FROM (SELECT customer_id, age FROM customer WHERE customer_id = 3) t
SELECT * FROM (SELECT age, count(*) AS n FROM customer GROUP BY age) t ORDER BY n
SELECT count(*) AS n FROM (SELECT DISTINCT age FROM customer) t
SELECT count(*) AS n FROM (SELECT customer_id FROM customer LIMIT 5) t
SELECT max(n) AS n FROM (SELECT count(*) AS n FROM orders GROUP BY customer_id) t
SELECT t.customer_id FROM (SELECT customer_id FROM customer WHERE customer_id = 3) t JOIN orders o ON o.customer_id = t.customer_id
SELECT o.order_id FROM (SELECT 3 AS id) t JOIN orders o ON o.customer_id = t.id
-- set operations and common table expressions
SELECT customer_id FROM customer UNION SELECT customer_id FROM orders
SELECT customer_id FROM customer UNION ALL SELECT customer_id FROM orders
SELECT age FROM customer UNION SELECT amount FROM orders ORDER BY 1
SELECT max(age) AS m FROM customer UNION ALL SELECT 5
SELECT customer_id FROM customer WHERE customer_id = 3 UNION ALL SELECT customer_id FROM customer WHERE customer_id = 4
SELECT customer_id FROM customer WHERE customer_id = 3 UNION ALL SELECT customer_id FROM orders
SELECT customer_id FROM customer WHERE customer_id = 3 UNION ALL SELECT customer_id FROM orders WHERE customer_id = 3
SELECT customer_id FROM customer UNION ALL SELECT customer_id FROM orders LIMIT 5
SELECT count(*) AS n FROM customer UNION ALL SELECT count(*) FROM orders
(SELECT customer_id FROM customer WHERE customer_id = 3) UNION (SELECT customer_id FROM orders WHERE customer_id = 3) ORDER BY 1
SELECT title FROM country UNION ALL SELECT name FROM customer
WITH q AS (SELECT * FROM customer WHERE customer_id = 7) SELECT customer_id FROM q
WITH q AS (SELECT * FROM customer) SELECT count(*) AS n FROM q
WITH q AS (SELECT age, count(*) AS n FROM customer GROUP BY age) SELECT * FROM q
WITH q AS (SELECT 1 AS x) SELECT customer_id FROM customer, q WHERE customer_id = q.x
WITH q AS (SELECT 1 AS x) SELECT customer_id FROM customer, q WHERE customer_id = 7
WITH q AS (SELECT 1 AS x) SELECT x FROM q
WITH RECURSIVE q AS (SELECT 1 AS x UNION ALL SELECT x + 1 FROM q WHERE x < 3) SELECT x FROM q
SELECT customer_id, max(amount) - min(amount) AS d, std(amount) AS s FROM orders GROUP BY customer_id ORDER BY customer_id
SELECT customer_id, sku, count(*) AS n FROM orders GROUP BY customer_id, sku ORDER BY customer_id LIMIT 5
SELECT customer_id, count(*) AS n FROM orders GROUP BY customer_id HAVING n > 1
SELECT customer_id, avg(amount) AS n FROM orders GROUP BY customer_id HAVING avg(amount) > 2 ORDER BY customer_id
SELECT count(*) AS n FROM orders GROUP BY customer_id HAVING count(*) > 1
SELECT customer_id, max(sku) AS n FROM orders GROUP BY customer_id ORDER BY customer_id
SELECT customer_id, count(*) AS n FROM orders GROUP BY customer_id ORDER BY n DESC, customer_id LIMIT 3
SELECT o.customer_id, sum(o.amount * o.price) AS total FROM orders o GROUP BY o.customer_id ORDER BY o.customer_id
SELECT sum(amount * price) AS total, sum(amount + 1) AS more FROM orders
SELECT min(birthyear) AS a, max(birthyear) AS b FROM customer
SELECT birthyear, count(*) AS n FROM customer GROUP BY birthyear ORDER BY birthyear
SELECT DISTINCT birthyear FROM customer ORDER BY birthyear
-- windows
SELECT customer_id, row_number() OVER (ORDER BY customer_id) AS r FROM customer
SELECT customer_id, rank() OVER (PARTITION BY age ORDER BY customer_id) AS r FROM customer
SELECT customer_id, order_id, row_number() OVER (PARTITION BY customer_id ORDER BY order_id) AS r FROM orders
SELECT customer_id, sum(age) OVER () AS r FROM customer
-- no table, session
SELECT 1
SELECT 1 + 1 AS two, 'x' AS x
SELECT last_insert_id()
SELECT found_rows()
SELECT row_count()
SELECT @x
SELECT @x := 3
SELECT get_lock('a', 0)
SELECT count(*)
SELECT 1 FROM dual
SELECT customer_id FROM customer ORDER BY customer_id INTO @y
TABLE customer
TABLE customer ORDER BY customer_id LIMIT 2
VALUES ROW(1, 2), ROW(3, 4)
-- insert
+ INSERT INTO customer (customer_id, name, age, balance) VALUES (101, 'n101', 1, 1.5)
+ INSERT INTO customer (customer_id, name, age, balance) VALUES (102, 'n102', 1, 1.5), (103, 'n103', 2, 2.5), (104, 'n104', 3, 3.5)
+ INSERT INTO customer SET customer_id = 105, name = 'n105'
+ INSERT INTO orders VALUES (501, 101, 4, 9.99, 'a'), (502, 102, 4, 9.99, 'b')
+ INSERT INTO customer (customer_id, name) VALUES (101, 'dup') ON DUPLICATE KEY UPDATE name = 'dup'
+ INSERT INTO customer (customer_id, name) VALUES (101, 'dup2'), (106, 'n106') ON DUPLICATE KEY UPDATE name = VALUES(name)
+ INSERT IGNORE INTO customer (customer_id, name) VALUES (101, 'ign'), (107, 'n107')
+ REPLACE INTO customer (customer_id, name) VALUES (102, 'rep'), (108, 'n108')
INSERT INTO customer (customer_id, name) VALUES (-5, 'minus')
INSERT INTO customer (customer_id, name) VALUES (-6, 'minus'), (109, 'n109')
INSERT INTO customer (customer_id, name) VALUES (100 + 10, 'sum')
INSERT INTO customer (customer_id, name) VALUES (111, 'n111'), (100 + 12, 'n112')
INSERT INTO customer (customer_id, name) VALUES (NULL, 'null')
INSERT INTO customer (customer_id, name) VALUES (0x71, 'hex')
INSERT INTO customer (customer_id, name) VALUES ('114', 'text')
INSERT INTO customer (customer_id, name) VALUES (115.0, 'decimal')
INSERT INTO customer (customer_id, name, age) VALUES (116, upper('x'), 3 + 4)
INSERT INTO customer (customer_id, name, age) VALUES (117, 'sub', (SELECT max(amount) FROM orders))
INSERT INTO customer (name, customer_id) VALUES ('turned', 118)
INSERT INTO customer (customer_id, name) VALUES (101, 'x') ON DUPLICATE KEY UPDATE customer_id = 200
INSERT INTO customer (customer_id, name) VALUES (101, 'x') ON DUPLICATE KEY UPDATE customer_id = VALUES(customer_id), name = 'y'
INSERT INTO customer (customer_id, name) VALUES (101, 'x') ON DUPLICATE KEY UPDATE customer_id = customer_id + 1
INSERT INTO customer (customer_id, name) SELECT customer_id + 300, name FROM customer
INSERT INTO customer (customer_id, name) SELECT 301, 'sel'
INSERT INTO customer (customer_id, name) SELECT customer_id + 300, name FROM customer WHERE customer_id = 2
INSERT INTO visit (visit_id, customer_id) SELECT order_id + 1000, customer_id FROM orders WHERE customer_id = 3
INSERT INTO visit (visit_id, customer_id) SELECT order_id + 2000, customer_id FROM orders
INSERT INTO country (code, title, population) VALUES ('zz', 'Zed', 1)
INSERT INTO country (code, title, population) SELECT concat('y', customer_id % 10), 'sel', 1 FROM customer WHERE customer_id = 1
INSERT INTO country (code, title, population) VALUES ('yy', uuid(), 1)
INSERT INTO setting (k, v) VALUES (50, 'fifty')
INSERT INTO setting (k, v) SELECT customer_id + 1000, name FROM customer
INSERT INTO setting (k, v) SELECT k + 100, v FROM setting
REPLACE INTO customer (customer_id, name) SELECT 302, 'sel'
-- update
+ UPDATE customer SET age = 50 WHERE customer_id = 1
+ UPDATE customer SET age = age + 1 WHERE age > 25
+ UPDATE customer SET name = 'all'  WHERE customer_id IN (1, 2, 3)
+ UPDATE orders SET amount = amount + 1
UPDATE customer SET age = 1 WHERE customer_id NOT IN (1, 2)
UPDATE customer SET age = 2 WHERE NOT (customer_id = 1)
UPDATE customer SET age = 3 LIMIT 3
UPDATE customer SET age = 3 ORDER BY customer_id LIMIT 3
UPDATE customer SET age = 4 WHERE customer_id = 3 LIMIT 1
UPDATE customer SET customer_id = 400 WHERE customer_id = 3
UPDATE customer SET customer_id = 3, age = 5 WHERE customer_id = 3
UPDATE customer SET customer_id = customer_id + 500
UPDATE customer SET customer_id = 401 WHERE age = 25
UPDATE customer c SET c.age = 6 WHERE c.customer_id = 4
UPDATE customer c JOIN orders o ON c.customer_id = o.customer_id SET c.age = 7 WHERE o.amount > 3
UPDATE customer c, orders o SET c.age = 8 WHERE c.customer_id = o.customer_id AND c.customer_id = 3
UPDATE customer SET age = (SELECT max(amount) FROM orders) WHERE customer_id = 3
UPDATE customer SET age = 9 WHERE customer_id IN (SELECT customer_id FROM orders)
UPDATE customer SET age = 9 WHERE EXISTS (SELECT 1 FROM orders WHERE customer_id = 3)
UPDATE customer SET age = 10 WHERE customer_id = 3 AND customer_id = '3'
UPDATE customer SET age = 11 WHERE customer_id = -5
UPDATE customer SET age = last_insert_id() WHERE age = 25
UPDATE country SET population = population + 1
UPDATE country SET population = 5 LIMIT 1
UPDATE country SET population = floor(rand() * 1000)
UPDATE country SET population = 6 WHERE code IN (SELECT code FROM customer)
UPDATE setting SET v = 'x' WHERE k = 1
UPDATE setting SET v = (SELECT count(*) FROM customer)
-- delete
+ DELETE FROM orders WHERE customer_id = 3
+ DELETE FROM orders WHERE amount = 2
+ DELETE FROM customer WHERE customer_id IN (105, 106, 107)
DELETE FROM orders WHERE customer_id NOT IN (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12)
DELETE FROM orders LIMIT 2
DELETE FROM orders ORDER BY order_id LIMIT 2
DELETE FROM orders WHERE customer_id = 4 LIMIT 1
DELETE o FROM orders o JOIN customer c ON c.customer_id = o.customer_id WHERE c.age = 50
DELETE FROM orders WHERE customer_id IN (SELECT customer_id FROM customer WHERE age = 7)
DELETE FROM orders WHERE customer_id = 6 AND amount < (SELECT avg(amount) FROM orders)
DELETE FROM country WHERE code = 'zz'
DELETE FROM country LIMIT 1
DELETE FROM customer WHERE customer_id = -5
