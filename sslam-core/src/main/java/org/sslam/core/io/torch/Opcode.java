package org.sslam.core.io.torch;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The pickle opcodes that {@code torch.save} writes. Source: Python's pickle protocols 2 to 4. */
enum Opcode {
    PROTO(0x80),
    FRAME(0x95),
    STOP('.'),
    MARK('('),
    NONE('N'),
    NEWTRUE(0x88),
    NEWFALSE(0x89),
    BININT('J'),
    BININT1('K'),
    BININT2('M'),
    LONG1(0x8A),
    BINFLOAT('G'),
    BINUNICODE('X'),
    SHORT_BINUNICODE(0x8C),
    BINSTRING('T'),
    SHORT_BINSTRING('U'),
    BINBYTES('B'),
    SHORT_BINBYTES('C'),
    EMPTY_LIST(']'),
    APPEND('a'),
    APPENDS('e'),
    EMPTY_TUPLE(')'),
    TUPLE('t'),
    TUPLE1(0x85),
    TUPLE2(0x86),
    TUPLE3(0x87),
    EMPTY_DICT('}'),
    SETITEM('s'),
    SETITEMS('u'),
    EMPTY_SET(0x8F),
    ADDITEMS(0x90),
    FROZENSET(0x91),
    BINPUT('q'),
    LONG_BINPUT('r'),
    MEMOIZE(0x94),
    BINGET('h'),
    LONG_BINGET('j'),
    GLOBAL('c'),
    STACK_GLOBAL(0x93),
    REDUCE('R'),
    NEWOBJ(0x81),
    BUILD('b'),
    BINPERSID('Q');

    private static final Map<Integer, Opcode> BY_CODE = new HashMap<>();

    static {
        for (Opcode opcode : values()) {
            BY_CODE.put(opcode.code, opcode);
        }
    }

    private final int code;

    Opcode(int code) {
        this.code = code;
    }

    /** The opcode of a byte, if it is one of these. */
    static Optional<Opcode> of(int code) {
        return Optional.ofNullable(BY_CODE.get(code));
    }
}
