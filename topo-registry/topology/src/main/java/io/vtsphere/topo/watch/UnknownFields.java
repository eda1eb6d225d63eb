package io.vtsphere.topo.watch;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.util.List;
import java.util.Map;

/** Counts what a newer Vitess wrote into a message that this version does not know. */
final class UnknownFields {
    private UnknownFields() {}

    /** The number of unknown fields of the message and of all messages in it. */
    static int count(Message message) {
        int count = message.getUnknownFields().asMap().size();
        for (Map.Entry<FieldDescriptor, Object> field : message.getAllFields().entrySet()) {
            if (field.getKey().getJavaType() != FieldDescriptor.JavaType.MESSAGE) {
                continue;
            }
            if (field.getValue() instanceof List<?> list) {
                for (Object element : list) {
                    count += count((Message) element);
                }
            } else {
                count += count((Message) field.getValue());
            }
        }
        return count;
    }
}
