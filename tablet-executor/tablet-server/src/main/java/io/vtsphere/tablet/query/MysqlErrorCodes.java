package io.vtsphere.tablet.query;

import io.vtsphere.vterrors.Code;
import java.util.HashMap;
import java.util.Map;

/**
 * The Vitess code of a MySQL error number.
 *
 * <p>Source: {@code convertErrorCode} in {@code go/vt/vttablet/tabletserver/tabletserver.go}; numbers that are not listed there are UNKNOWN.
 * Immutable and thread-safe.
 */
final class MysqlErrorCodes {
    private static final Map<Integer, Code> CODES = new HashMap<>();

    static {
        put(Code.UNIMPLEMENTED, 1235);
        put(Code.RESOURCE_EXHAUSTED, 1021, 1037, 1038, 1040, 1041, 1114, 1129, 1135, 1151, 1153, 1203, 1206, 1226);
        put(Code.DEADLINE_EXCEEDED, 1205);
        put(Code.UNAVAILABLE, 2006, 1053, 3168, 2002, 2003);
        put(Code.NOT_FOUND, 1029, 1032, 1054, 1094, 1109, 1122, 1141, 1146, 1147, 1176);
        put(Code.PERMISSION_DENIED, 1044, 1045, 1095, 1211, 1227);
        put(Code.FAILED_PRECONDITION, 1046, 1082, 1091, 1099, 1100, 1104, 1148, 1162, 1165, 1169, 1173, 1179, 1207);
        put(
                Code.FAILED_PRECONDITION,
                1215,
                1216,
                1217,
                1223,
                1230,
                1241,
                1242,
                1264,
                1288,
                1289,
                1291,
                1451,
                1452,
                1817);
        put(Code.CLUSTER_EVENT, 1290);
        put(Code.ALREADY_EXISTS, 1050, 1062, 1086, 1125);
        put(Code.ABORTED, 1078, 1080, 1152, 1213);
        put(Code.CANCELED, 2013);
        put(Code.INVALID_ARGUMENT, 1047, 1048, 1049, 1051, 1052, 1055, 1056, 1057, 1058, 1059, 1060, 1061, 1063, 1064);
        put(Code.INVALID_ARGUMENT, 1065, 1066, 1067, 1068, 1069, 1070, 1071, 1072, 1073, 1074, 1075, 1083, 1084, 1085);
        put(Code.INVALID_ARGUMENT, 1089, 1090, 1093, 1096, 1097, 1101, 1102, 1103, 1106, 1107, 1108, 1110, 1111, 1113);
        put(Code.INVALID_ARGUMENT, 1115, 1116, 1117, 1118, 1120, 1121, 1128, 1136, 1138, 1139, 1140, 1144, 1149, 1166);
        put(Code.INVALID_ARGUMENT, 1167, 1170, 1171, 1172, 1193, 1204, 1210, 1221, 1222, 1225, 1228, 1229, 1231, 1232);
        put(Code.INVALID_ARGUMENT, 1233, 1234, 1238, 1239, 1240, 1245, 1247, 1248, 1250, 1253, 1267, 1270, 1271, 1272);
        put(Code.INVALID_ARGUMENT, 1273, 1280, 1281, 1283, 1292, 1293, 1294, 1298, 1300, 1366, 1367, 1406, 1525, 1582);
        put(Code.INVALID_ARGUMENT, 1690);
    }

    private MysqlErrorCodes() {}

    static Code codeOf(int errno, String message) {
        if (errno == 1227 && message.contains("failover in progress")) {
            return Code.FAILED_PRECONDITION;
        }
        return CODES.getOrDefault(errno, Code.UNKNOWN);
    }

    private static void put(Code code, int... errnos) {
        for (int errno : errnos) {
            CODES.put(errno, code);
        }
    }
}
