package io.vtsphere.tablet.service;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.vitess.proto.Query.BindVariable;
import io.vitess.proto.Query.VTGateCallerID;
import io.vitess.proto.Vtrpc;
import io.vtsphere.tablet.mysql.MysqlException;
import io.vtsphere.tablet.query.ErrorTexts;
import io.vtsphere.vterrors.Code;
import io.vtsphere.vterrors.VtException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Errors as Vitess tablets send them.
 *
 * <p>Stateless. grpc-java cannot send the codes 17 and 18: they leave as UNKNOWN, and gates recognise them by their text.
 */
final class CallErrors {
    private static final int MAX_TEXT = 7_680;
    private static final String CUT =
            " [...] [remainder of the error is truncated because gRPC has a size limit on errors.]";

    private CallErrors() {}

    /** The error with the caller's name and, when MySQL said it, the statement behind it. */
    static VtException describe(
            RuntimeException error,
            VTGateCallerID caller,
            String sql,
            Map<String, BindVariable> variables,
            int maxLimit) {
        String who = caller.getUsername().isEmpty() ? "" : " (CallerID: " + caller.getUsername() + ")";
        if (error instanceof MysqlException mysql) {
            return VtException.of(
                    ErrorTexts.codeOf(mysql),
                    mysql.getMessage() + who + ": " + ErrorTexts.statement(sql, variables, maxLimit));
        }
        if (error instanceof VtException known) {
            return who.isEmpty() ? known : VtException.of(known.code(), known.state(), known.getMessage() + who);
        }
        return VtException.of(Code.INTERNAL, "unexpected error: " + error + who, error);
    }

    /** The same for a call without a statement, such as COMMIT. */
    static VtException describe(RuntimeException error, VTGateCallerID caller) {
        String who = caller.getUsername().isEmpty() ? "" : " (CallerID: " + caller.getUsername() + ")";
        if (error instanceof MysqlException mysql) {
            return VtException.of(ErrorTexts.codeOf(mysql), mysql.getMessage() + who);
        }
        return describe(error, caller, "", Map.of(), 0);
    }

    static StatusRuntimeException status(VtException error) {
        return grpcStatus(error.code())
                .withDescription(cut(error.getMessage()))
                .withCause(error)
                .asRuntimeException();
    }

    static Vtrpc.RPCError inBand(VtException error) {
        return Vtrpc.RPCError.newBuilder()
                .setMessage(error.getMessage())
                .setCodeValue(error.code().number())
                .build();
    }

    private static Status grpcStatus(Code code) {
        return code.number() <= Code.UNAUTHENTICATED.number() ? Status.fromCodeValue(code.number()) : Status.UNKNOWN;
    }

    private static String cut(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return bytes.length <= MAX_TEXT ? text : new String(bytes, 0, MAX_TEXT, StandardCharsets.UTF_8) + CUT;
    }
}
