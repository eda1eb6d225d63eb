package io.vtsphere.planner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vtsphere.sql.ast.Comments;
import java.util.List;
import org.junit.jupiter.api.Test;

class DirectiveCommentsTest {
    @Test
    void everyDirective_isRead() {
        Directives read = of("/*vt+ QUERY_TIMEOUT_MS=50 MULTI_SHARD_AUTOCOMMIT=1 scatter_errors_as_warnings=TRUE"
                + " IGNORE_MAX_MEMORY_ROWS=t IGNORE_MAX_PAYLOAD_SIZE=1 SKIP_QUERY_PLAN_CACHE=1 ALLOW_SCATTER"
                + " WORKLOAD_NAME=\"batch\" PRIORITY=7 CONSOLIDATOR=enabled_replicas */");

        assertThat(read)
                .isEqualTo(new Directives(
                        50,
                        true,
                        true,
                        true,
                        true,
                        true,
                        true,
                        "batch",
                        "7",
                        Directives.Consolidator.ENABLED_REPLICAS));
    }

    @Test
    void withoutBlankAtTheEnd_theLastWordIsLost() {
        assertThat(of("/*vt+ ALLOW_SCATTER QUERY_TIMEOUT_MS=5*/").queryTimeoutMillis())
                .isEqualTo(-1);
        assertThat(of("/*vt+ALLOW_SCATTER */").allowScatter()).isFalse();
    }

    @Test
    void otherCommentsAndValues_haveNoEffect() {
        assertThat(of("/* vt+ ALLOW_SCATTER */")).isEqualTo(Directives.NONE);
        assertThat(of("/*vt+ QUERY_TIMEOUT_MS=-5 ALLOW_SCATTER=yes NOSUCH=1 CONSOLIDATOR=on */"))
                .isEqualTo(Directives.NONE);
    }

    @Test
    void priorityOutOfRange_isAnError() {
        assertThatThrownBy(() -> of("/*vt+ PRIORITY=101 */")).hasMessage("Invalid priority value specified in query");
        assertThatThrownBy(() -> of("/*vt+ PRIORITY=high */")).hasMessage("Invalid priority value specified in query");
    }

    private static Directives of(String comment) {
        return DirectiveComments.of(Comments.of(List.of(comment)));
    }
}
