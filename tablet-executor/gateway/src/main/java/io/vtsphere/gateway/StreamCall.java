package io.vtsphere.gateway;

import com.google.protobuf.MessageLite;
import io.grpc.ClientCall;
import io.grpc.MethodDescriptor;
import io.vtsphere.topo.TabletAlias;
import io.vtsphere.vterrors.VtException;
import org.jspecify.annotations.Nullable;

/** A call whose answer comes in pieces, as fast as they are asked for. Confined to the call's loop, the handle's methods excepted. */
final class StreamCall<Q extends MessageLite, R> extends RunningCall<Q, R> implements StreamHandle {
    /** Where the pieces go; not used again after {@link #ended} or {@link #failed}. */
    interface Receiver<R> {
        void piece(R message, TabletAlias servedBy);

        /** The stream ended well; gives the error of the statement all the same, when the last piece brought one. */
        @Nullable
        VtException ended();

        void succeeded();

        void failed(VtException error);
    }

    private final Receiver<R> receiver;
    /** Asked for and not yet come. */
    private int wanted;

    private boolean touched;
    private @Nullable VtException broken;

    StreamCall(
            CallContext context,
            Operation operation,
            Call call,
            long transactionId,
            long reservedId,
            MethodDescriptor<Q, R> method,
            Q request,
            Receiver<R> receiver) {
        super(context, operation, call, transactionId, reservedId, method, request);
        this.receiver = receiver;
    }

    @Override
    void request(ClientCall<Q, R> attempt) {
        if (wanted > 0) {
            attempt.request(wanted);
        }
    }

    @Override
    public void request(int n) {
        if (n < 1) {
            throw new IllegalArgumentException("at least one piece must be asked for: " + n);
        }
        Loops.run(call().loop(), () -> {
            wanted = (int) Math.min(Integer.MAX_VALUE, (long) wanted + n);
            ClientCall<Q, R> attempt = rpc();
            if (attempt != null) {
                attempt.request(n);
            }
        });
    }

    @Override
    public void onMessage(R message) {
        wanted--;
        if (broken != null) {
            return;
        }
        try {
            receiver.piece(message, servedBy());
            touched = true;
        } catch (Rows.Broken e) {
            broken = unreadable(e);
            ClientCall<Q, R> attempt = rpc();
            if (attempt != null) {
                attempt.cancel("the answer cannot be read", null);
            }
        }
    }

    @Override
    @Nullable
    VtException cut() {
        VtException reason = broken;
        broken = null;
        return reason;
    }

    @Override
    void completed() {
        VtException unread = cut();
        if (unread != null) {
            attemptFailed(unread);
            return;
        }
        VtException error = receiver.ended();
        if (error != null) {
            attemptFailed(error);
            return;
        }
        succeed();
        receiver.succeeded();
    }

    @Override
    boolean isUntouched() {
        return !touched;
    }

    @Override
    void failed(VtException error) {
        receiver.failed(error);
    }
}
