/** Real etcd and MySQL processes for tests and for the quickstart. */
@NullMarked
package io.vtsphere.testkit;

import org.jspecify.annotations.NullMarked;
