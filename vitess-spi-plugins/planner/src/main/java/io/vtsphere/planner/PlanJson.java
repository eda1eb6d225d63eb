package io.vtsphere.planner;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Plans as {@code VEXPLAIN PLAN} shows them. Source of the form: Vitess' {@code go/vt/vtgate/engine/plan_description.go}: the operator, its
 * variant and keyspace, other fields by name, inputs last.
 */
final class PlanJson {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final ObjectWriter WRITER = MAPPER.writer(layout());

    private final ObjectNode head = JsonNodeFactory.instance.objectNode();
    private final TreeMap<String, Object> fields = new TreeMap<>();

    private PlanJson(String operator, @Nullable String variant) {
        head.put("OperatorType", operator);
        if (variant != null) {
            head.put("Variant", variant);
        }
    }

    /** The text of a plan, indented. */
    static String print(Primitive root) {
        try {
            return WRITER.writeValueAsString(of(root, step -> Map.of()));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a plan that is no JSON", e);
        }
    }

    /** The text with further fields for each step. */
    static String print(Primitive root, Function<Primitive, Map<String, ?>> more) {
        try {
            return WRITER.writeValueAsString(of(root, more));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a plan that is no JSON", e);
        }
    }

    /** The text of anything else in the same layout. */
    static String print(Map<String, ?> fields) {
        try {
            return WRITER.writeValueAsString(fields);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("fields that are no JSON", e);
        }
    }

    static ObjectNode of(Primitive primitive) {
        return of(primitive, step -> Map.of());
    }

    private static ObjectNode of(Primitive step, Function<Primitive, Map<String, ?>> more) {
        Primitive primitive = Primitive.Either.preferred(step);
        if (primitive instanceof Primitive.Join join) {
            return join(new JoinJson(join, join.parts().size() - 1), more);
        }
        ObjectNode node = describe(primitive).node();
        more.apply(primitive).forEach(node::putPOJO);
        if (primitive instanceof Primitive.Inner inner) {
            ArrayNode inputs = node.putArray("Inputs");
            inner.inputs().forEach(input -> inputs.add(of(input, more)));
        }
        return node;
    }

    private static ObjectNode join(JoinJson join, Function<Primitive, Map<String, ?>> more) {
        PlanJson json = new PlanJson("Join", join.variant()).put("JoinColumnIndexes", join.columnIndexes());
        if (!join.vars().isEmpty()) {
            json.put("JoinVars", join.vars());
        }
        if (!join.nulls().isEmpty()) {
            json.put("NullColumns", String.join(",", join.nulls()));
        }
        ObjectNode node = json.node();
        List<JoinPart> parts = join.join().parts();
        if (join.last() == parts.size() - 1) {
            more.apply(join.join()).forEach(node::putPOJO);
        }
        ArrayNode inputs = node.putArray("Inputs");
        inputs.add(
                join.last() == 1
                        ? of(parts.get(0).rows(), more)
                        : join(new JoinJson(join.join(), join.last() - 1), more));
        inputs.add(of(parts.get(join.last()).rows(), more));
        return node;
    }

    /** Go's: tabs, and no blank before a colon. */
    private static DefaultPrettyPrinter layout() {
        DefaultIndenter tabs = new DefaultIndenter("\t", "\n");
        return new DefaultPrettyPrinter(
                        Separators.createDefaultInstance().withObjectFieldValueSpacing(Separators.Spacing.AFTER))
                .withObjectIndenter(tabs)
                .withArrayIndenter(tabs);
    }

    private static PlanJson describe(Primitive primitive) {
        if (primitive instanceof Primitive.Route route) {
            return route(route);
        }
        if (primitive instanceof Primitive.VindexLookup lookup) {
            return routed("VindexLookup", lookup.routing());
        }
        if (primitive instanceof Primitive.Insert insert) {
            return insert(insert);
        }
        if (primitive instanceof Primitive.Update update) {
            return routed("Update", update.routing())
                    .put("Query", update.query().sql());
        }
        if (primitive instanceof Primitive.Delete delete) {
            return routed("Delete", delete.routing())
                    .put("Query", delete.query().sql());
        }
        if (primitive instanceof Primitive.LookupWrite write) {
            return lookupWrite(write);
        }
        if (primitive instanceof Primitive.Send send) {
            return send(send);
        }
        if (primitive instanceof Primitive.Inner inner) {
            return inner(inner);
        }
        return leaf(primitive);
    }

    private static PlanJson routed(String operator, Routing routing) {
        PlanJson json = new PlanJson(operator, routing.opcode().toString());
        json.keyspace(routing);
        if (routing.vindex() != null) {
            json.put("Vindex", routing.vindex().name());
        }
        if (!routing.values().isEmpty()) {
            json.put(
                    "Values",
                    routing.values().stream().map(RouteValue::toString).toList());
        }
        return json;
    }

    private static PlanJson lookupWrite(Primitive.LookupWrite write) {
        Primitive.OwnedRows owned = write.owned();
        PlanJson json = routed(write.update() ? "Update" : "Delete", write.routing())
                .put("KsidLength", owned.primaryColumns())
                .put("KsidVindex", owned.primary().name())
                .put("OwnedVindexQuery", owned.query().sql())
                .put("Query", write.query().sql());
        if (write.update()) {
            json.put(
                    "ChangedVindexValues",
                    owned.lookups().stream()
                            .map(lookup -> lookup.name() + ":" + lookup.unchangedColumn())
                            .sorted()
                            .toList());
        }
        return json;
    }

    private static PlanJson route(Primitive.Route route) {
        PlanJson json = routed("Route", route.routing())
                .put("FieldQuery", route.fieldQuery())
                .put("Query", route.query().sql());
        if (!route.orderBy().isEmpty()) {
            json.put("OrderBy", joined(route.orderBy()));
        }
        if (!route.schemaNames().isEmpty()) {
            json.put("SysTableTableSchema", joined(route.schemaNames()));
        }
        return json.resultColumns(route.resultColumns());
    }

    private static PlanJson insert(Primitive.Insert insert) {
        String variant = insert.vindexes().isEmpty() ? insert.routing().opcode().toString() : "Sharded";
        PlanJson json = new PlanJson("Insert", variant);
        json.keyspace(insert.routing()).put("Query", insert.query().sql());
        Primitive.Generate generate = insert.generate();
        if (generate != null) {
            String values = generate.values().stream().map(RouteValue::toString).collect(Collectors.joining(", "));
            json.put("AutoIncrement", generate.query().sql() + ":Values::(" + values + ")");
        }
        if (insert.ignore()) {
            json.put("InsertIgnore", true);
        }
        if (!insert.vindexes().isEmpty()) {
            ObjectNode values = JsonNodeFactory.instance.objectNode();
            for (Primitive.VindexRows vindex : insert.vindexes()) {
                values.put(vindex.vindex().name(), byColumn(vindex));
            }
            json.fields.put("VindexValues", values);
        }
        return json;
    }

    private static String byColumn(Primitive.VindexRows vindex) {
        StringBuilder text = new StringBuilder();
        for (int column = 0; column < vindex.columns().size(); column++) {
            for (List<RouteValue> row : vindex.rows()) {
                text.append(text.length() == 0 ? "" : ", ").append(row.get(column));
            }
        }
        return text.toString();
    }

    private static PlanJson send(Primitive.Send send) {
        PlanJson json = new PlanJson("Send", null);
        json.keyspace(send.routing());
        ShardTarget target = send.routing().target();
        json.head.put("TargetDestination", target == null ? ShardTarget.ALL.toString() : target.toString());
        if (send.dml()) {
            json.put("IsDML", true);
        }
        if (send.singleShardOnly()) {
            json.put("SingleShardOnly", true);
        }
        return json.put("Query", send.query().sql());
    }

    private static PlanJson inner(Primitive.Inner inner) {
        if (inner instanceof Primitive.Limit limit) {
            PlanJson json = new PlanJson("Limit", null);
            if (limit.count() != null) {
                json.put("Count", limit.count().toString());
            }
            return limit.offset() == null
                    ? json
                    : json.put("Offset", limit.offset().toString());
        }
        if (inner instanceof Primitive.Aggregate aggregate) {
            PlanJson json = new PlanJson("Aggregate", aggregate.groupBy().isEmpty() ? "Scalar" : "Ordered");
            if (!aggregate.aggregates().isEmpty()) {
                json.put("Aggregates", joined(aggregate.aggregates()));
            }
            if (!aggregate.groupBy().isEmpty()) {
                json.put("GroupBy", columns(aggregate.groupBy()));
            }
            return json.resultColumns(aggregate.resultColumns());
        }
        if (inner instanceof Primitive.Sort sort) {
            return new PlanJson("Sort", "Memory")
                    .put("OrderBy", joined(sort.orderBy()))
                    .resultColumns(sort.resultColumns());
        }
        if (inner instanceof Primitive.Distinct distinct) {
            return new PlanJson("Distinct", null)
                    .put("Collations", "[" + columns(distinct.keys()) + "]")
                    .resultColumns(distinct.resultColumns());
        }
        if (inner instanceof Primitive.Gather gather) {
            PlanJson json = new PlanJson("Gather", gather.routing().opcode().toString());
            return json.keyspace(gather.routing()).put("Query", shown(gather));
        }
        if (inner instanceof Primitive.RenameFields rename) {
            return new PlanJson("RenameFields", null)
                    .put("Columns", rename.names())
                    .put(
                            "Indices",
                            rename.indices().stream().map(String::valueOf).toList());
        }
        if (inner instanceof Primitive.InsertSelect insert) {
            return new PlanJson("Insert", "Select")
                    .keyspace(Routing.of(Opcode.UNSHARDED, insert.keyspace(), insert.sharded()))
                    .put("InputAsNonStreaming", true)
                    .put("Table", insert.insert().table().name());
        }
        if (inner instanceof Primitive.InputWrite write) {
            return new PlanJson("DMLWithInput", null)
                    .put(
                            "BindVars",
                            write.rows().targets().stream()
                                    .flatMap(target -> IntStream.range(
                                                    0, target.values().size())
                                            .mapToObj(value -> InputTarget.value(target.firstValue() + value)))
                                    .toList());
        }
        if (inner instanceof Primitive.WithValues values) {
            return new PlanJson("UncorrelatedSubquery", "PulloutValue").put("PulloutVars", values.names());
        }
        if (inner instanceof Primitive.FoundRows) {
            return new PlanJson("SQL_CALC_FOUND_ROWS", null);
        }
        return inner instanceof Primitive.Merged merged
                ? new PlanJson("Merge", merged.way().name())
                : new PlanJson("Concatenate", null);
    }

    private static String shown(Primitive.Gather gather) {
        String text = gather.query().sql().replace("/*+ " + GatherPlanner.HINT + " */ ", "");
        for (GatheredTable table : gather.tables()) {
            text = text.replace(
                    table.placeholder(), table.name() + " as (" + table.keyspace() + "." + table.table() + ")");
        }
        for (GatheredUnit unit : gather.units()) {
            text = text.replace(unit.placeholder(), unit.name() + " as (…)");
        }
        return text;
    }

    private static PlanJson leaf(Primitive primitive) {
        if (primitive instanceof Primitive.Rows rows) {
            return new PlanJson("Rows", null)
                    .put("Fields", rows.columns())
                    .put("RowCount", Integer.toString(rows.rows().size()));
        }
        if (primitive instanceof Primitive.SessionRow row) {
            return new PlanJson("SingleRow", null)
                    .put(
                            "Expressions",
                            row.outputs().stream()
                                    .map(o -> o.value() + " as " + o.label())
                                    .toList());
        }
        if (primitive instanceof Primitive.Lock lock) {
            PlanJson json = new PlanJson("Lock", null);
            json.keyspace(lock.routing());
            return json.put("Query", lock.query().sql());
        }
        if (primitive instanceof Primitive.ShowState show) {
            return new PlanJson("Show", show.subject().name());
        }
        if (primitive instanceof Primitive.Explained explained) {
            PlanJson json = new PlanJson("VExplain", explained.detail().name().toLowerCase(Locale.ROOT));
            json.fields.put("Inner", of(explained.plan().root()));
            return json;
        }
        if (primitive instanceof Primitive.KeysShown) {
            return new PlanJson("VExplain", "keys");
        }
        return new PlanJson(
                "Session",
                ((Primitive.SessionCommand) primitive).statement().getClass().getSimpleName());
    }

    private static String joined(List<?> parts) {
        return parts.stream().map(Object::toString).collect(Collectors.joining(", "));
    }

    private static String columns(List<OrderKey> keys) {
        return keys.stream().map(OrderKey::columns).collect(Collectors.joining(", "));
    }

    private PlanJson keyspace(Routing routing) {
        ObjectNode keyspace = head.putObject("Keyspace");
        keyspace.put("Name", routing.keyspace());
        keyspace.put("Sharded", routing.sharded());
        return this;
    }

    private PlanJson resultColumns(int count) {
        if (count != 0) {
            fields.put("ResultColumns", count);
        }
        return this;
    }

    private PlanJson put(String name, Object value) {
        fields.put(name, value);
        return this;
    }

    private ObjectNode node() {
        fields.forEach((name, value) -> head.set(name, MAPPER.valueToTree(value)));
        return head;
    }
}
