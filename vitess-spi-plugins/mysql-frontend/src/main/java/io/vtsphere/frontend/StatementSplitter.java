package io.vtsphere.frontend;

import java.util.List;

/** Splits a text with several statements. Thread-safe and pure. */
@FunctionalInterface
public interface StatementSplitter {
    /** The statements in order, without the semicolons between them; empty ones are left out. */
    List<String> split(String sql);
}
