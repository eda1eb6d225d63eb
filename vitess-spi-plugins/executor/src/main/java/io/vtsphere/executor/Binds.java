package io.vtsphere.executor;

import com.google.protobuf.UnsafeByteOperations;
import io.vitess.proto.Query;
import io.vtsphere.planner.ComparedValue;
import io.vtsphere.planner.QueryText;
import io.vtsphere.planner.RouteValue;
import io.vtsphere.sqltypes.SqlType;
import io.vtsphere.sqltypes.SqlValue;
import io.vtsphere.vterrors.Code;
import io.vtsphere.vterrors.VtError;
import io.vtsphere.vterrors.VtException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The bind variables of one execution. Confined to the session's current holder.
 *
 * <p>A name that a query needs and nobody set is an error, never NULL.
 */
final class Binds {
    private static final Query.BindVariable NULL =
            Query.BindVariable.newBuilder().setType(Query.Type.NULL_TYPE).build();

    private final Map<String, Query.BindVariable> variables;

    Binds() {
        this.variables = new HashMap<>();
    }

    private Binds(Map<String, Query.BindVariable> variables) {
        this.variables = new HashMap<>(variables);
    }

    /** A copy that can be changed without changing this one. */
    Binds copy() {
        return new Binds(variables);
    }

    Binds set(String name, SqlValue value) {
        variables.put(name, bindVariable(value));
        return this;
    }

    Binds setList(String name, List<SqlValue> values) {
        variables.put(name, listVariable(values));
        return this;
    }

    static Query.BindVariable bindVariable(SqlValue value) {
        if (value.isNull()) {
            return NULL;
        }
        return Query.BindVariable.newBuilder()
                .setTypeValue(value.type().number())
                .setValue(UnsafeByteOperations.unsafeWrap(value.bytes()))
                .build();
    }

    static Query.BindVariable listVariable(List<SqlValue> values) {
        Query.BindVariable.Builder list = Query.BindVariable.newBuilder().setType(Query.Type.TUPLE);
        for (SqlValue value : values) {
            list.addValues(Query.Value.newBuilder()
                    .setTypeValue(value.type().number())
                    .setValue(UnsafeByteOperations.unsafeWrap(value.bytes())));
        }
        return list.build();
    }

    /** The value of a single-valued variable. */
    SqlValue value(String name) {
        Query.BindVariable variable = require(name);
        return SqlValue.of(type(variable.getTypeValue()), variable.getValue().toByteArray());
    }

    /** The value that the plan asks for; it stands for one value. */
    SqlValue value(RouteValue value) {
        if (value instanceof RouteValue.Bind bind) {
            return value(bind.name());
        }
        if (value instanceof RouteValue.Literal literal) {
            return literal.value();
        }
        if (value instanceof RouteValue.OfText text) {
            SqlValue found = value(text.value());
            if (found.type().isNumber()) {
                throw VtError.VT12001.with("number " + found.text() + " compared with the text column of a vindex: "
                        + "it equals texts on several shards");
            }
            return found;
        }
        if (value instanceof RouteValue.OfInteger integer) {
            return ComparedValue.ofInteger(value(integer.value()));
        }
        throw new IllegalArgumentException("a list where one value belongs: " + value);
    }

    /** The type of what the plan asks for; {@code unknown} for a variable that nobody set. */
    SqlType typeOf(RouteValue value, SqlType unknown) {
        if (value instanceof RouteValue.Bind bind && !variables.containsKey(bind.name())) {
            return unknown;
        }
        return value(value).type();
    }

    /** The values that the plan asks for; a single value is a list of one. */
    List<SqlValue> values(RouteValue value) {
        List<SqlValue> values = new ArrayList<>();
        if (value instanceof RouteValue.ListBind list) {
            for (Query.Value element : require(list.name()).getValuesList()) {
                values.add(SqlValue.of(
                        type(element.getTypeValue()), element.getValue().toByteArray()));
            }
        } else if (value instanceof RouteValue.Tuple tuple) {
            for (RouteValue element : tuple.values()) {
                values.add(value(element));
            }
        } else if (value instanceof RouteValue.OfText text && text.isList()) {
            return values(text.value());
        } else if (value instanceof RouteValue.OfInteger integer && integer.isList()) {
            for (SqlValue element : values(integer.value())) {
                values.add(ComparedValue.ofInteger(element));
            }
        } else {
            values.add(value(value));
        }
        return values;
    }

    /** The query with the variables that its text names, and with all of {@code own}, which go before these. */
    Query.BoundQuery bind(QueryText query, Map<String, Query.BindVariable> own) {
        Query.BoundQuery.Builder bound = Query.BoundQuery.newBuilder().setSql(query.sql());
        List<String> names = query.binds();
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i);
            if (!own.containsKey(name)) {
                bound.putBindVariables(name, require(name));
            }
        }
        return bound.putAllBindVariables(own).build();
    }

    /** The query with NULL for every variable that nobody set: good enough to ask for its columns. */
    Query.BoundQuery bindForFields(QueryText query) {
        Query.BoundQuery.Builder bound = Query.BoundQuery.newBuilder().setSql(query.sql());
        for (String name : query.binds()) {
            bound.putBindVariables(name, Objects.requireNonNullElse(variables.get(name), NULL));
        }
        return bound.build();
    }

    private Query.BindVariable require(String name) {
        Query.@Nullable BindVariable variable = variables.get(name);
        if (variable == null) {
            throw VtException.of(Code.INVALID_ARGUMENT, "query arguments missing for " + name);
        }
        return variable;
    }

    private static SqlType type(int number) {
        SqlType type = SqlType.ofNumber(number);
        if (type == null) {
            throw VtException.of(Code.INVALID_ARGUMENT, "bind variable of an unknown type: " + number);
        }
        return type;
    }
}
