package io.vtsphere.gateway;

import com.google.protobuf.MessageLite;
import io.grpc.ClientCall;
import io.grpc.MethodDescriptor;
import io.vtsphere.topo.TabletAlias;
import io.vtsphere.topo.Target;
import io.vtsphere.vterrors.Code;
import io.vtsphere.vterrors.VtException;
import org.jspecify.annotations.Nullable;

/** A call with one answer. Confined to the call's loop. */
final class UnaryCall<Q extends MessageLite, R, T> extends RunningCall<Q, R> {
    /** Reads a tablet's answer. Stateless. */
    interface Reader<R, T> {
        /**
         * @param servedBy the tablet that answered
         * @param target whom it answered as
         * @throws VtException when the answer says that the call failed as a whole
         */
        T read(R response, TabletAlias servedBy, Target target);
    }

    private final Reader<R, T> reader;
    private final Reply<T> reply;
    private @Nullable R response;

    UnaryCall(
            CallContext context,
            Operation operation,
            Call call,
            long transactionId,
            long reservedId,
            MethodDescriptor<Q, R> method,
            Q request,
            Reader<R, T> reader,
            Reply<T> reply) {
        super(context, operation, call, transactionId, reservedId, method, request);
        this.reader = reader;
        this.reply = reply;
    }

    @Override
    void request(ClientCall<Q, R> attempt) {
        response = null;
        // two, as gRPC's own stubs: a tablet that answers twice is found out
        attempt.request(2);
    }

    @Override
    public void onMessage(R message) {
        response = message;
    }

    @Override
    void completed() {
        R message = response;
        if (message == null) {
            attemptFailed(VtException.of(Code.INTERNAL, "vttablet: the tablet ended the call without an answer"));
            return;
        }
        T value;
        try {
            value = reader.read(message, servedBy(), call().target());
        } catch (VtException e) {
            attemptFailed(e);
            return;
        } catch (Rows.Broken e) {
            attemptFailed(unreadable(e));
            return;
        }
        succeed();
        reply.success(value);
    }

    @Override
    void failed(VtException error) {
        reply.failure(error);
    }
}
