package io.vtsphere.gateway;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import com.google.protobuf.MessageLite;
import io.grpc.MethodDescriptor;
import io.vitess.proto.Query;
import io.vtsphere.topo.Target;

/** Starts calls of the query service. Thread-safe. */
final class QueryClient {
    /** Numbers of the fields with which every request of the service begins. */
    private static final int EFFECTIVE_CALLER_ID = 1;

    private static final int IMMEDIATE_CALLER_ID = 2;
    private static final int TARGET = 3;

    private final CallContext context;

    QueryClient(CallContext context) {
        this.context = context;
    }

    /** The request with what every request of the service begins with: who asks, and whom. */
    <B extends Message.Builder> B address(B request, Call call) {
        request.setField(field(request, EFFECTIVE_CALLER_ID), call.effectiveCaller());
        request.setField(field(request, IMMEDIATE_CALLER_ID), call.immediateCaller());
        request.setField(field(request, TARGET), target(call));
        return request;
    }

    private static FieldDescriptor field(Message.Builder request, int number) {
        return request.getDescriptorForType().findFieldByNumber(number);
    }

    Query.Target target(Call call) {
        Target target = call.target();
        TargetGroup group = context.health().group(target);
        return group == null ? target.proto() : group.proto();
    }

    <Q extends MessageLite, R, T> CallHandle unary(
            Operation operation,
            Call call,
            long transactionId,
            long reservedId,
            MethodDescriptor<Q, R> method,
            Q request,
            UnaryCall.Reader<R, T> reader,
            Reply<T> reply) {
        UnaryCall<Q, R, T> running =
                new UnaryCall<>(context, operation, call, transactionId, reservedId, method, request, reader, reply);
        running.start();
        return running;
    }

    /** A call whose answer is passed on as it is. */
    <Q extends MessageLite, R> CallHandle plain(
            Operation operation,
            Call call,
            long transactionId,
            MethodDescriptor<Q, R> method,
            Q request,
            Reply<R> reply) {
        return unary(operation, call, transactionId, 0, method, request, (answer, servedBy, target) -> answer, reply);
    }

    <Q extends MessageLite, R> StreamHandle stream(
            Operation operation,
            Call call,
            long transactionId,
            long reservedId,
            MethodDescriptor<Q, R> method,
            Q request,
            StreamCall.Receiver<R> receiver) {
        StreamCall<Q, R> running =
                new StreamCall<>(context, operation, call, transactionId, reservedId, method, request, receiver);
        running.start();
        return running;
    }
}
