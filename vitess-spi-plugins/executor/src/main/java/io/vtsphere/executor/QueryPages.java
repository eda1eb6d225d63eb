package io.vtsphere.executor;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.vtsphere.planner.Plan;
import io.vtsphere.planner.PlanCache;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The operator's pages about plans that are kept: those that took most time first, at most {@value #MOST}. Thread-safe.
 *
 * <p>Texts are normalised: literals of statements are bind variables, those of prepared statements stand as they were prepared.
 */
public final class QueryPages {
    private static final int MOST = 1000;
    private static final Gson GSON =
            new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

    private final StatementPlans plans;
    private final PlanStatistics statistics;

    QueryPages(StatementPlans plans, PlanStatistics statistics) {
        this.plans = plans;
        this.statistics = statistics;
    }

    private record Kept(PlanCache.Key key, Plan plan, PlanStatistics.Counts counts) {
        long nanos() {
            return counts.nanos.sum();
        }
    }

    /** {@code /debug/query_plans}: a JSON array of texts, plans and counts. */
    public String queryPlans() {
        JsonArray page = new JsonArray();
        for (Kept kept : heaviest()) {
            JsonObject entry = described(kept);
            entry.addProperty("Target", kept.key().target().toString());
            entry.addProperty("Epoch", kept.key().epoch());
            entry.add("Instructions", JsonParser.parseString(kept.plan().toJson()));
            page.add(entry);
        }
        return GSON.toJson(page);
    }

    /** {@code /debug/query_stats}: a JSON array of texts and counts. */
    public String queryStats() {
        JsonArray page = new JsonArray();
        heaviest().forEach(kept -> page.add(described(kept)));
        return GSON.toJson(page);
    }

    private List<Kept> heaviest() {
        List<Kept> all = new ArrayList<>();
        plans.forEachKept((key, plan) -> {
            PlanStatistics.Counts counts = statistics.of(plan);
            all.add(new Kept(key, plan, counts == null ? new PlanStatistics.Counts() : counts));
        });
        all.sort(Comparator.comparingLong(Kept::nanos).reversed());
        return all.subList(0, Math.min(MOST, all.size()));
    }

    private static JsonObject described(Kept kept) {
        JsonObject entry = new JsonObject();
        String keyspace = kept.key().target().keyspace();
        entry.addProperty("QueryType", kept.plan().kind().name());
        entry.addProperty(
                "Original", kept.key().text().replaceAll("\\p{Cntrl}+", " ").strip());
        entry.addProperty("Keyspace", keyspace == null ? "" : keyspace);
        entry.addProperty("TabletType", kept.key().target().type().name());
        PlanStatistics.Counts counts = kept.counts();
        entry.addProperty("ExecCount", counts.executions.sum());
        entry.addProperty("ExecTime", counts.nanos.sum());
        entry.addProperty("ShardQueries", counts.shardQueries.sum());
        entry.addProperty("RowsReturned", counts.rowsReturned.sum());
        entry.addProperty("RowsAffected", counts.rowsAffected.sum());
        entry.addProperty("Errors", counts.errors.sum());
        return entry;
    }
}
