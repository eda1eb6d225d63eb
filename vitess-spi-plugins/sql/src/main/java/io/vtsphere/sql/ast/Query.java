package io.vtsphere.sql.ast;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A statement that gives rows and can stand in parentheses inside another one. */
public sealed interface Query extends Statement permits Select, SetOperation, ValuesQuery, TableQuery {
    @Nullable
    With with();

    List<OrderItem> orderBy();

    @Nullable
    Limit limit();

    /** The locking clauses in canonical text, e.g. {@code for update skip locked}; empty if there are none. */
    String lock();

    /** The INTO clause in canonical text, e.g. {@code into @a, @b}; empty if there is none. */
    String into();

    Query withWith(@Nullable With newWith);

    Query withOrderBy(List<OrderItem> newOrderBy);

    Query withLimit(@Nullable Limit newLimit);

    Query withLock(String newLock);
}
