package io.vtsphere.gateway;

import io.grpc.ClientCall;
import io.vitess.proto.Query.StreamExecuteRequest;
import io.vitess.proto.Query.StreamExecuteResponse;
import io.vitess.proto.grpc.QueryGrpc;
import io.vtsphere.vterrors.VtException;

/** A call whose answer comes in pieces, as fast as they are asked for. Confined to the call's loop, the handle's methods excepted. */
final class StreamCall extends RunningCall<StreamExecuteRequest, StreamExecuteResponse> implements StreamHandle {
    private final StreamReply reply;
    /** Asked for and not yet come. */
    private int wanted;

    private boolean touched;

    StreamCall(
            CallContext context,
            Call call,
            long transactionId,
            long reservedId,
            StreamExecuteRequest request,
            StreamReply reply) {
        super(
                context,
                Operation.STREAM_EXECUTE,
                call,
                transactionId,
                reservedId,
                QueryGrpc.getStreamExecuteMethod(),
                request);
        this.reply = reply;
    }

    @Override
    void request(ClientCall<StreamExecuteRequest, StreamExecuteResponse> attempt) {
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
            ClientCall<StreamExecuteRequest, StreamExecuteResponse> attempt = rpc();
            if (attempt != null) {
                attempt.request(n);
            }
        });
    }

    @Override
    public void onMessage(StreamExecuteResponse message) {
        touched = true;
        wanted--;
        reply.onResult(message.getResult());
    }

    @Override
    void completed() {
        succeed();
        reply.success();
    }

    @Override
    boolean isUntouched() {
        return !touched;
    }

    @Override
    void failed(VtException error) {
        reply.failure(error);
    }
}
