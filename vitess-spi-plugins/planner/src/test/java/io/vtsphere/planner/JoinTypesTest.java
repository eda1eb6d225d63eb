package io.vtsphere.planner;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Table acct of keyspace plan has acct_id INT64, email and city VARCHAR, bal DECIMAL, made DATETIME. */
class JoinTypesTest {
    private final RecordedPlans keyspaces = RecordedPlans.load();

    private boolean joins(String left, String right) {
        String sql = "select a.acct_id from acct a join acct b on a." + left + " = b." + right;
        Primitive root = keyspaces.plan("plan", sql).root();
        return Primitive.Either.preferred(root) instanceof Primitive.Join;
    }

    @ParameterizedTest
    @CsvSource({"email, city", "bal, bal", "made, made"})
    void columnsOfOneKind_areJoined(String left, String right) {
        assertThat(joins(left, right)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"acct_id, city", "bal, acct_id", "made, email"})
    void columnsOfKindsThatMySqlConverts_areGatheredAtOnce(String left, String right) {
        assertThat(joins(left, right)).isFalse();
    }

    @Test
    void whatTheVSchemaDoesNotKnow_isLeftToTheExecution() {
        assertThat(JoinTypes.mayBeLinked(null, null)).isTrue();
    }
}
