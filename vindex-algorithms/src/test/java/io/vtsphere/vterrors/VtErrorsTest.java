package io.vtsphere.vterrors;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What an error becomes on its way to a MySQL client: number, SQLState, text. */
class VtErrorsTest {
    @ParameterizedTest
    @EnumSource(VtError.class)
    void everyError_hasItsNumberItsStateAndItsNameInTheText(VtError error) {
        List<Object> arguments = new ArrayList<>();
        VtException made = null;
        while (made == null) {
            try {
                made = error.with(arguments.toArray());
            } catch (java.util.MissingFormatArgumentException e) {
                arguments.add("argument" + arguments.size());
            }
        }
        assertThat(arguments).hasSizeLessThanOrEqualTo(3);
        assertThat(made.getMessage()).startsWith(error.name() + ": ").doesNotContain("%");
        arguments.forEach(argument -> assertThat(made(error, arguments)).contains((String) argument));
        assertThat(made.code()).isEqualTo(error.code());
        assertThat(made.errno()).isBetween(1, 65_535);
        assertThat(made.sqlState()).matches("[0-9A-Z]{5}");
    }

    private static String made(VtError error, List<Object> arguments) {
        return error.with(arguments.toArray()).getMessage();
    }

    @ParameterizedTest
    @EnumSource(State.class)
    void everyState_hasNumberAndSqlStateOrNeither(State state) {
        if (state == State.UNDEFINED) {
            assertThat(state.errno()).isZero();
            assertThat(state.sqlState()).isNull();
            return;
        }
        assertThat(state.errno()).isBetween(1, 65_535);
        assertThat(state.sqlState()).matches("[0-9A-Z]{5}");
        VtException error = VtException.of(Code.INVALID_ARGUMENT, state, "text (errno 1062) (sqlstate 23000)");
        assertThat(error.errno()).as("the state goes before what the text says").isEqualTo(state.errno());
        assertThat(error.sqlState()).isEqualTo(state.sqlState());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ALREADY_EXISTS     | Duplicate entry '1' (errno 1062) (sqlstate 23000)          | 1062 | 23000",
                "UNKNOWN            | target: k.-.primary: (errno 1205) (sqlstate HY000) (Caller) | 1205 | HY000",
                "INTERNAL           | no number at all                                            | 1815 | HY000",
                "ABORTED            | no number at all                                            | 1317 | 70100",
                "CANCELED           | x                                                           | 1317 | 70100",
                "DEADLINE_EXCEEDED  | x                                                           | 1317 | 70100",
                "PERMISSION_DENIED  | x                                                           | 1045 | 28000",
                "UNAUTHENTICATED    | x                                                           | 1045 | 28000",
                "RESOURCE_EXHAUSTED | x                                                           | 1203 | 42000",
                "RESOURCE_EXHAUSTED | Transaction throttled                                       | 1041 | HY000",
                "UNIMPLEMENTED      | x                                                           | 1235 | 42000",
                "UNAVAILABLE        | x                                                           | 1105 | HY000",
                "NOT_FOUND          | x                                                           | 1105 | HY000",
                "UNKNOWN            | (errno 99999) (sqlstate 23000)                              | 1105 | HY000",
                "UNKNOWN            | (errno 0) (sqlstate 23000)                                  | 1105 | HY000",
            })
    void numberAndState_comeFromTheTextElseFromTheCode(Code code, String text, int errno, String sqlState) {
        VtException error = VtException.of(code, text);
        assertThat(error.errno()).isEqualTo(errno);
        assertThat(error.sqlState()).isEqualTo(sqlState);
        assertThat(error.getMessage()).isEqualTo(text);
    }

    @Test
    void withPrefix_keepsWhatTheErrorIs() {
        VtException cause = VtException.of(Code.ALREADY_EXISTS, "Duplicate entry (errno 1062) (sqlstate 23000)");
        VtException prefixed = cause.withPrefix("lookup.Create: ");
        assertThat(prefixed).hasMessage("lookup.Create: Duplicate entry (errno 1062) (sqlstate 23000)");
        assertThat(prefixed.errno()).isEqualTo(1062);
        assertThat(prefixed.code()).isEqualTo(Code.ALREADY_EXISTS);
        VtException stated = VtError.VT05003.with("k").withPrefix("x: ");
        assertThat(stated.errno()).isEqualTo(1049);
        assertThat(stated.state()).isEqualTo(State.BAD_DB);
    }

    @Test
    void because_takesTheCodeOfItsCause() {
        VtException cause = VtException.of(Code.UNAVAILABLE, "no tablet");
        assertThat(VtError.VT15001.because(cause))
                .hasMessage("VT15001: transaction error, issue ROLLBACK and retry the transaction: no tablet")
                .extracting(e -> ((VtException) e).code())
                .isEqualTo(Code.UNAVAILABLE);
    }
}
