package io.vtsphere.tablet.service;

import io.grpc.MethodDescriptor;
import io.grpc.ServerMethodDefinition;
import io.grpc.ServerServiceDefinition;
import io.grpc.stub.StreamObserver;
import java.io.InputStream;

/** Lets streams send messages that are bytes already, beside those that gRPC turns into bytes. Stateless. */
final class EncodedMessages {
    private EncodedMessages() {}

    /** The service, whose streams take what {@link #send} gives them. */
    static ServerServiceDefinition allowedIn(ServerServiceDefinition service) {
        ServerServiceDefinition.Builder changed =
                ServerServiceDefinition.builder(service.getServiceDescriptor().getName());
        for (ServerMethodDefinition<?, ?> method : service.getMethods()) {
            add(changed, method);
        }
        return changed.build();
    }

    private static <Q, M> void add(ServerServiceDefinition.Builder service, ServerMethodDefinition<Q, M> method) {
        MethodDescriptor<Q, M> descriptor = method.getMethodDescriptor();
        if (descriptor.getType() != MethodDescriptor.MethodType.SERVER_STREAMING) {
            service.addMethod(method);
            return;
        }
        Encoded<M> marshaller = new Encoded<>(descriptor.getResponseMarshaller());
        service.addMethod(
                descriptor.toBuilder(descriptor.getRequestMarshaller(), marshaller)
                        .build(),
                method.getServerCallHandler());
    }

    /**
     * Sends a message that is bytes already.
     *
     * @param message read before this returns
     */
    @SuppressWarnings("unchecked") // gRPC only carries the message to the method's marshaller, which looks what it is
    static void send(StreamObserver<?> observer, InputStream message) {
        ((StreamObserver<Object>) observer).onNext(message);
    }

    /** Passes bytes on as they are. */
    private record Encoded<M>(MethodDescriptor.Marshaller<M> messages) implements MethodDescriptor.Marshaller<M> {
        @Override
        public InputStream stream(M value) {
            Object message = value;
            return message instanceof InputStream bytes ? bytes : messages.stream(value);
        }

        @Override
        public M parse(InputStream stream) {
            return messages.parse(stream);
        }
    }
}
