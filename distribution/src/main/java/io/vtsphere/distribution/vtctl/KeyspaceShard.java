package io.vtsphere.distribution.vtctl;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A shard as commands name it: {@code keyspace/shard}. */
record KeyspaceShard(String keyspace, String shard) {
    static final class Converter implements ITypeConverter<KeyspaceShard> {
        @Override
        public KeyspaceShard convert(String text) {
            int slash = text.indexOf('/');
            if (slash <= 0 || slash == text.length() - 1 || text.indexOf('/', slash + 1) >= 0) {
                throw new TypeConversionException("'" + text + "' is not KEYSPACE/SHARD");
            }
            return new KeyspaceShard(text.substring(0, slash), text.substring(slash + 1));
        }
    }
}
