package org.sslam.core.io.torch;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.sslam.core.UserException;
import org.sslam.core.io.FileCursor;
import org.sslam.core.io.torch.PickleValue.Bytes;
import org.sslam.core.io.torch.PickleValue.Entries;
import org.sslam.core.io.torch.PickleValue.Inert;
import org.sslam.core.io.torch.PickleValue.Items;
import org.sslam.core.io.torch.PickleValue.Named;
import org.sslam.core.io.torch.PickleValue.Storage;

/**
 * Reads one pickle as data. Opcodes outside {@link Opcode} and names outside {@link KnownClasses} end it; what a known
 * name makes of its arguments is decided in {@link Rebuilding}. Nothing is looked up by reflection and nothing runs.
 *
 * <p>Memory is bounded by the limits below, whatever the file claims: texts by their place in the file, objects and
 * remembered objects by number.
 */
final class PickleMachine {
    static final int MAX_MEMO = 1_000_000;
    static final int MAX_TEXT_BYTES = 1 << 20;

    private static final int MAX_NAME_BYTES = 512;
    private static final int MAX_PROTOCOL = 5;

    private final FileCursor in;
    private final Damage damage;
    private final Rebuilding rebuilding;
    private final PickleStack stack;
    private final Map<Long, Object> memo = new HashMap<>();

    private PickleMachine(FileCursor in, Damage damage, Map<String, Storage> storages) {
        this.in = in;
        this.damage = damage;
        this.stack = new PickleStack(damage);
        this.rebuilding = new Rebuilding(damage, storages, stack);
    }

    /**
     * Reads one pickle and stops after it.
     *
     * @param in stands at the pickle's first byte
     * @param storages receives every storage that is mentioned, by key
     * @return a text, a Long, a BigInteger, a Double, a Boolean, null or a {@link PickleValue}
     * @throws UserException if it is damaged, too large, or mentions what it must not
     */
    static Object read(FileCursor in, Damage damage, Map<String, Storage> storages) {
        return new PickleMachine(in, damage, storages).run();
    }

    private Object run() {
        while (true) {
            int code = in.unsignedByte();
            Opcode opcode = Opcode.of(code)
                    .orElseThrow(() -> damage.because("the pickle opcode 0x" + Integer.toHexString(code) + " at byte "
                            + (in.position() - 1) + " has no place in a file of weights"));
            if (opcode == Opcode.STOP) {
                return stack.pop();
            }
            step(opcode);
        }
    }

    private void step(Opcode opcode) {
        switch (opcode) {
            case PROTO -> checkProtocol(in.unsignedByte());
            case FRAME -> in.skip(8);
            case MARK -> stack.mark();
            case NONE -> stack.push(null);
            case NEWTRUE -> stack.push(Boolean.TRUE);
            case NEWFALSE -> stack.push(Boolean.FALSE);
            case BININT -> stack.push((long) (int) in.littleEndian(4));
            case BININT1 -> stack.push((long) in.unsignedByte());
            case BININT2 -> stack.push(in.littleEndian(2));
            case LONG1 -> stack.push(wholeNumber(in.bytes(in.unsignedByte())));
            case BINFLOAT -> stack.push(Double.longBitsToDouble(in.bigEndian(8)));
            case BINUNICODE, BINSTRING -> stack.push(text(in.littleEndian(4)));
            case SHORT_BINUNICODE, SHORT_BINSTRING -> stack.push(text(in.unsignedByte()));
            case BINBYTES -> stack.push(bytes(in.littleEndian(4)));
            case SHORT_BINBYTES -> stack.push(bytes(in.unsignedByte()));
            case EMPTY_LIST, EMPTY_SET, EMPTY_TUPLE -> stack.push(new Items(new ArrayList<>(0)));
            case TUPLE, FROZENSET -> stack.push(new Items(stack.popToMark()));
            case TUPLE1 -> stack.push(new Items(stack.pop(1)));
            case TUPLE2 -> stack.push(new Items(stack.pop(2)));
            case TUPLE3 -> stack.push(new Items(stack.pop(3)));
            case APPEND -> append(stack.pop(1));
            case APPENDS, ADDITEMS -> append(stack.popToMark());
            case EMPTY_DICT -> stack.push(new Entries());
            case SETITEM -> setItems(stack.pop(2));
            case SETITEMS -> setItems(stack.popToMark());
            case BINPUT -> remember(in.unsignedByte());
            case LONG_BINPUT -> remember(in.littleEndian(4));
            case MEMOIZE -> remember(memo.size());
            case BINGET -> stack.push(recall(in.unsignedByte()));
            case LONG_BINGET -> stack.push(recall(in.littleEndian(4)));
            case GLOBAL -> stack.push(named(line(), line()));
            case STACK_GLOBAL -> stack.push(named(stack.pop(2)));
            case REDUCE -> reduce(stack.pop(2));
            case NEWOBJ -> newObject(stack.pop(2));
            case BUILD -> build(stack.pop());
            case BINPERSID -> stack.push(rebuilding.storage(stack.pop()));
            default -> throw new IllegalStateException(opcode + " is handled by the caller");
        }
    }

    private void checkProtocol(int protocol) {
        if (protocol > MAX_PROTOCOL) {
            throw damage.because("pickle protocol " + protocol + " is not known");
        }
    }

    private static Object wholeNumber(byte[] littleEndian) {
        byte[] bigEndian = new byte[littleEndian.length];
        for (int i = 0; i < bigEndian.length; i++) {
            bigEndian[i] = littleEndian[bigEndian.length - 1 - i];
        }
        BigInteger value = bigEndian.length == 0 ? BigInteger.ZERO : new BigInteger(bigEndian);
        return value.bitLength() < Long.SIZE ? (Object) value.longValue() : value;
    }

    private String text(long bytes) {
        if (bytes > MAX_TEXT_BYTES) {
            throw damage.because("it has a text of " + bytes + " bytes, more than " + MAX_TEXT_BYTES);
        }
        return new String(in.bytes(bytes), StandardCharsets.UTF_8);
    }

    private Bytes bytes(long count) {
        in.skip(count);
        return new Bytes((int) Math.min(count, Integer.MAX_VALUE));
    }

    private String line() {
        return new String(in.line(MAX_NAME_BYTES), StandardCharsets.UTF_8);
    }

    private Named named(List<Object> moduleAndName) {
        if (moduleAndName.get(0) instanceof String module && moduleAndName.get(1) instanceof String name) {
            return named(module, name);
        }
        throw damage.because("a class is named by something other than text");
    }

    private Named named(String module, String name) {
        return new Named(KnownClasses.find(module + " " + name)
                .orElseThrow(() -> damage.foreign(printable(module + "." + name))));
    }

    private static String printable(String text) {
        String plain = text.replaceAll("[^\\x20-\\x7E]", "?");
        return plain.length() <= MAX_NAME_BYTES / 4 ? plain : plain.substring(0, MAX_NAME_BYTES / 4) + "...";
    }

    private void reduce(List<Object> functionAndArguments) {
        if (functionAndArguments.get(0) instanceof Named function
                && functionAndArguments.get(1) instanceof Items arguments) {
            stack.push(rebuilding.call(function.global(), arguments.items()));
        } else {
            throw damage.because("something other than a known name is called");
        }
    }

    private void newObject(List<Object> classAndArguments) {
        if (classAndArguments.get(0) instanceof Named type && type.global().role() == KnownClasses.Role.INERT) {
            stack.push(new Inert());
        } else {
            throw damage.because("an object is made of something that is no class");
        }
    }

    /** Attributes of an ordered map, such as a state dictionary's versions, mean nothing here. */
    private void build(Object state) {
        Object target = stack.peek();
        if (target instanceof Inert inert) {
            inert.setState(state);
        } else if (!(target instanceof Entries)) {
            throw damage.because("attributes are set on something that has none");
        }
    }

    private void append(List<Object> items) {
        Object target = stack.peek();
        if (target instanceof Items list) {
            list.items().addAll(items);
        } else if (!(target instanceof Inert)) {
            throw damage.because("something is appended to what is no list");
        }
    }

    private void setItems(List<Object> keysAndValues) {
        Object target = stack.peek();
        if (keysAndValues.size() % 2 != 0) {
            throw damage.because("a map has a key without a value");
        }
        if (target instanceof Entries map) {
            for (int i = 0; i < keysAndValues.size(); i += 2) {
                map.put(keysAndValues.get(i), keysAndValues.get(i + 1));
            }
        } else if (!(target instanceof Inert)) {
            throw damage.because("an entry is put into what is no map");
        }
    }

    private void remember(long index) {
        if (memo.size() >= MAX_MEMO) {
            throw damage.because("it remembers more than " + MAX_MEMO + " objects");
        }
        memo.put(index, stack.peek());
    }

    private Object recall(long index) {
        if (!memo.containsKey(index)) {
            throw damage.because("it recalls object " + index + ", which it never stored");
        }
        return memo.get(index);
    }
}
