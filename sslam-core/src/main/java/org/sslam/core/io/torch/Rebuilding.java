package org.sslam.core.io.torch;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sslam.core.UserException;
import org.sslam.core.io.DType;
import org.sslam.core.io.torch.PickleValue.Entries;
import org.sslam.core.io.torch.PickleValue.Inert;
import org.sslam.core.io.torch.PickleValue.Items;
import org.sslam.core.io.torch.PickleValue.Named;
import org.sslam.core.io.torch.PickleValue.Storage;
import org.sslam.core.io.torch.PickleValue.Tensor;

/** What the known names make of their arguments. Source: PyTorch's torch/_utils.py and torch/serialization.py. */
final class Rebuilding {
    private static final int STORAGE_FIELDS = 5;

    private final Damage damage;
    private final Map<String, Storage> storages;
    private final PickleStack budget;

    /** @param budget counts what is copied: a list that is recalled costs nothing to name again */
    Rebuilding(Damage damage, Map<String, Storage> storages, PickleStack budget) {
        this.damage = damage;
        this.storages = storages;
        this.budget = budget;
    }

    /** The value of a call. */
    Object call(KnownClasses.Global name, List<Object> arguments) {
        return switch (name.role()) {
            case ORDERED_MAP -> orderedMap(arguments);
            case TENSOR -> tensor(name, arguments, 6, Optional.empty());
            case OLD_TENSOR -> tensor(name, arguments, 4, Optional.empty());
            case TENSOR_WITH_DTYPE -> tensor(name, arguments, 7, Optional.of(dtype(name, arguments)));
            case PARAMETER -> parameter(name, arguments);
            case SIZE -> arguments.size() == 1 && arguments.get(0) instanceof Items sizes ? sizes : refuse(name);
            case INERT -> new Inert();
            case STORAGE, DTYPE -> refuse(name);
        };
    }

    /** The storage that a persistent id names: ("storage", type, key, place, number of elements, nothing). */
    Storage storage(Object id) {
        if (id instanceof Items fields && fields.items().size() >= STORAGE_FIELDS) {
            List<Object> f = fields.items();
            boolean plain = f.size() == STORAGE_FIELDS || (f.size() == STORAGE_FIELDS + 1 && f.get(5) == null);
            if (plain
                    && "storage".equals(f.get(0))
                    && f.get(1) instanceof Named type
                    && type.global().role() == KnownClasses.Role.STORAGE
                    && f.get(2) instanceof String key
                    && f.get(4) instanceof Long elements) {
                int bytes = type.global().dtype().map(DType::bytes).orElse(1);
                if (elements < 0 || elements > Long.MAX_VALUE / bytes) {
                    throw damage.because("storage '" + key + "' has " + elements + " elements");
                }
                return register(new Storage(key, type.global().dtype(), elements));
            }
        }
        throw damage.because("a persistent id does not name a storage");
    }

    private Storage register(Storage storage) {
        Storage before = storages.put(storage.key(), storage);
        if (before != null && before.bytes() != storage.bytes()) {
            throw damage.because("storage '" + storage.key() + "' has two sizes");
        }
        return storage;
    }

    private Entries orderedMap(List<Object> arguments) {
        Entries map = new Entries();
        if (arguments.isEmpty()) {
            return map;
        }
        if (arguments.size() == 1 && arguments.get(0) instanceof Items pairs) {
            budget.charge(pairs.items().size());
            for (Object pair : pairs.items()) {
                if (!(pair instanceof Items both) || both.items().size() != 2) {
                    throw damage.because("an OrderedDict is made of something other than pairs");
                }
                map.put(both.items().get(0), both.items().get(1));
            }
            return map;
        }
        throw damage.because("an OrderedDict is made of something other than pairs");
    }

    /** (storage, offset, sizes, strides, requires grad, hooks, ...); what follows the strides does not matter. */
    private Tensor tensor(KnownClasses.Global name, List<Object> arguments, int atLeast, Optional<DType> given) {
        if (arguments.size() < atLeast
                || !(arguments.get(0) instanceof Storage storage)
                || !(arguments.get(1) instanceof Long offset)
                || !(arguments.get(2) instanceof Items shape)
                || !(arguments.get(3) instanceof Items strides)) {
            throw refused(name);
        }
        DType dtype = given.or(storage::dtype)
                .orElseThrow(() -> damage.because("a tensor on storage '" + storage.key() + "' has no type"));
        try {
            return new Tensor(TensorView.of(storage, dtype, offset, numbers(name, shape), numbers(name, strides)));
        } catch (IllegalArgumentException e) {
            throw damage.because("a tensor on storage '" + storage.key() + "' has " + e.getMessage());
        }
    }

    private DType dtype(KnownClasses.Global name, List<Object> arguments) {
        boolean present = arguments.size() > 6
                && arguments.get(6) instanceof Named named
                && named.global().role() == KnownClasses.Role.DTYPE;
        if (!present) {
            throw refused(name);
        }
        return ((Named) arguments.get(6)).global().dtype().orElseThrow();
    }

    private Object parameter(KnownClasses.Global name, List<Object> arguments) {
        return !arguments.isEmpty() && arguments.get(0) instanceof Tensor tensor ? tensor : refuse(name);
    }

    private List<Long> numbers(KnownClasses.Global name, Items items) {
        List<Long> numbers = new ArrayList<>();
        for (Object item : items.items()) {
            if (!(item instanceof Long number)) {
                throw refused(name);
            }
            numbers.add(number);
        }
        return numbers;
    }

    private Object refuse(KnownClasses.Global name) {
        throw refused(name);
    }

    private UserException refused(KnownClasses.Global name) {
        return damage.because("'" + name.name().replace(' ', '.') + "' is called in a way that makes no tensor");
    }
}
