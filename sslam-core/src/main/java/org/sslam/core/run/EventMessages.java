package org.sslam.core.run;

import java.util.Map;

/**
 * The few event messages that curves need, in protocol-buffer encoding.
 *
 * <pre>
 * Event      { double wall_time = 1; int64 step = 2; string file_version = 3; Summary summary = 5; SessionLog session_log = 7; }
 * Summary    { repeated Value value = 1; }    Value { string tag = 1; float simple_value = 2; }
 * SessionLog { SessionStatus status = 1; }    START = 1
 * </pre>
 *
 * <p>Source: TensorFlow's event.proto and summary.proto.
 */
final class EventMessages {
    private static final String VERSION = "brain.Event:2";
    private static final int WALL_TIME = 1;
    private static final int STEP = 2;
    private static final int FILE_VERSION = 3;
    private static final int SUMMARY = 5;
    private static final int SESSION_LOG = 7;
    private static final int START = 1;

    private EventMessages() {}

    static byte[] fileVersion(double wallTime) {
        return new ProtoWriter()
                .fixed64(WALL_TIME, wallTime)
                .text(FILE_VERSION, VERSION)
                .toBytes();
    }

    static byte[] scalars(double wallTime, long step, Map<String, Double> values) {
        ProtoWriter summary = new ProtoWriter();
        values.forEach((name, value) ->
                summary.message(1, new ProtoWriter().text(1, name).fixed32(2, value.floatValue())));
        return new ProtoWriter()
                .fixed64(WALL_TIME, wallTime)
                .varint(STEP, step)
                .message(SUMMARY, summary)
                .toBytes();
    }

    /** Tells readers to forget this step and later ones of earlier files. */
    static byte[] sessionStart(double wallTime, long step) {
        return new ProtoWriter()
                .fixed64(WALL_TIME, wallTime)
                .varint(STEP, step)
                .message(SESSION_LOG, new ProtoWriter().varint(1, START))
                .toBytes();
    }
}
