package io.vtsphere.tablet.query;

import io.vtsphere.vterrors.Code;
import io.vtsphere.vterrors.VtException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * The tables that a tablet refuses while another keyspace takes them over. Immutable, thread-safe.
 *
 * <p>Source: Vitess' {@code go/vt/vttablet/tabletmanager/tm_state.go} ({@code applyDenyList}).
 */
public final class DeniedTables {
    public static final DeniedTables NONE = new DeniedTables(Set.of(), List.of(), false);

    private final Set<String> names;
    private final List<Pattern> patterns;
    private final boolean allowsReads;

    private DeniedTables(Set<String> names, List<Pattern> patterns, boolean allowsReads) {
        this.names = Set.copyOf(names);
        this.patterns = List.copyOf(patterns);
        this.allowsReads = allowsReads;
    }

    /**
     * @param tables names, or regular expressions between slashes
     * @param allowsReads whether SELECTs pass
     * @throws IllegalArgumentException naming the regular expression that is none
     */
    public static DeniedTables of(List<String> tables, boolean allowsReads) {
        Set<String> names = new HashSet<>();
        List<Pattern> patterns = new ArrayList<>();
        for (String table : tables) {
            if (table.length() > 1 && table.startsWith("/")) {
                String expression = table.substring(1, table.length() - (table.endsWith("/") ? 1 : 0));
                try {
                    patterns.add(Pattern.compile(expression));
                } catch (PatternSyntaxException e) {
                    throw new IllegalArgumentException("denied table " + table + " is no regular expression", e);
                }
            } else {
                names.add(table);
            }
        }
        return new DeniedTables(names, patterns, allowsReads);
    }

    /** @throws VtException FAILED_PRECONDITION for a statement that names one of the tables; gates wait or plan anew */
    public void check(QueryPlan plan) {
        if (names.isEmpty() && patterns.isEmpty() || allowsReads && isSelect(plan.type())) {
            return;
        }
        for (String table : plan.tables()) {
            if (names.contains(table)
                    || patterns.stream()
                            .anyMatch(pattern -> pattern.matcher(table).find())) {
                throw VtException.of(Code.FAILED_PRECONDITION, "disallowed due to rule: enforce denied tables");
            }
        }
    }

    private static boolean isSelect(PlanType type) {
        return type == PlanType.SELECT || type == PlanType.SELECT_LOCK_FUNC;
    }
}
