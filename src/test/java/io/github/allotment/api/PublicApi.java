package io.github.allotment.api;

import static java.util.stream.Collectors.joining;

import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedArrayType;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.AnnotatedWildcardType;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.TypeVariable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Writes down all that code outside may name: types with what they extend and permit, members with
 * their types, nullness and exceptions, and the values of constants.
 *
 * <p>Left out is what every type of its kind has: the accessors and the constructor of a record,
 * {@code values} of an enum, {@code equals}, {@code hashCode} and {@code toString}.
 */
final class PublicApi {

  /** The full names of the types of others that the text calls by their short names. */
  private final Map<String, String> imports = new TreeMap<>();

  private PublicApi() {}

  /** The API of those of the classes that are public. */
  static String of(Collection<Class<?>> classes) {
    PublicApi api = new PublicApi();
    String types =
        classes.stream()
            .filter(PublicApi::isPublic)
            .sorted(Comparator.comparing(Class::getName))
            .map(api::type)
            .collect(joining("\n"));
    String imports =
        api.imports.values().stream()
            .filter(name -> !name.startsWith("io.github.allotment."))
            .sorted()
            .map("import %s\n"::formatted)
            .collect(joining());
    return imports + "\n" + types;
  }

  private static boolean isPublic(Class<?> type) {
    Class<?> outer = type.getEnclosingClass();
    return Modifier.isPublic(type.getModifiers())
        && !type.isAnonymousClass()
        && !type.isLocalClass()
        && (outer == null || isPublic(outer));
  }

  private String type(Class<?> type) {
    List<String> members = new ArrayList<>();
    if (type.isEnum()) {
      constants(type).forEach(constant -> members.add("constant " + constant));
    }
    Stream.of(
            Arrays.stream(type.getDeclaredFields())
                .filter(PublicApi::isVisible)
                .filter(field -> !field.isEnumConstant())
                .map(this::field),
            Arrays.stream(type.getDeclaredConstructors())
                .filter(PublicApi::isVisible)
                .filter(constructor -> !isCanonical(constructor))
                .map(this::constructor),
            Arrays.stream(type.getDeclaredMethods())
                .filter(PublicApi::isVisible)
                .filter(method -> !isImplied(method))
                .map(this::method))
        .forEach(kind -> kind.sorted().forEach(members::add));
    String lines = members.stream().map("  %s\n"::formatted).collect(joining());
    return head(type) + "\n" + lines;
  }

  private static Stream<String> constants(Class<?> type) {
    return Arrays.stream(type.getEnumConstants()).map(constant -> ((Enum<?>) constant).name());
  }

  private String head(Class<?> type) {
    StringBuilder head = new StringBuilder(annotations(type));
    String kind = kind(type);
    if (kind.equals("class")) {
      head.append(words(type.getModifiers() & (Modifier.ABSTRACT | Modifier.FINAL)));
    }
    if (type.isSealed() && !type.isEnum()) {
      head.append("sealed ");
    }
    head.append(kind)
        .append(' ')
        .append(type.getName())
        .append(parameters(type.getTypeParameters()));
    if (type.isRecord()) {
      head.append(
          Arrays.stream(type.getRecordComponents())
              .map(component -> type(component.getAnnotatedType()) + " " + component.getName())
              .collect(joining(", ", "(", ")")));
    }
    AnnotatedType above = type.getAnnotatedSuperclass();
    if (kind.equals("class") && above != null && !above.getType().equals(Object.class)) {
      head.append("\n    extends ").append(type(above));
    }
    for (AnnotatedType implemented : type.getAnnotatedInterfaces()) {
      head.append("\n    is ").append(type(implemented));
    }
    if (type.isSealed() && !type.isEnum()) {
      // The compiler chooses their order when the source leaves them out.
      Arrays.stream(type.getPermittedSubclasses())
          .map(this::name)
          .sorted()
          .forEach(permitted -> head.append("\n    permits ").append(permitted));
    }
    return head.toString();
  }

  private static String kind(Class<?> type) {
    if (type.isAnnotation()) {
      return "@interface";
    }
    if (type.isInterface()) {
      return "interface";
    }
    if (type.isEnum()) {
      return "enum";
    }
    return type.isRecord() ? "record" : "class";
  }

  private static boolean isVisible(Member member) {
    return (member.getModifiers() & (Modifier.PUBLIC | Modifier.PROTECTED)) != 0
        && !member.isSynthetic();
  }

  private static boolean isCanonical(Constructor<?> constructor) {
    Class<?> type = constructor.getDeclaringClass();
    return type.isRecord()
        && Arrays.equals(
            constructor.getParameterTypes(),
            Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getType)
                .toArray(Class<?>[]::new));
  }

  private static boolean isImplied(Method method) {
    Class<?> type = method.getDeclaringClass();
    String name = method.getName();
    return switch (method.getParameterCount()) {
      case 0 ->
          List.of("hashCode", "toString").contains(name)
              || (type.isEnum() && name.equals("values"))
              || (type.isRecord()
                  && Arrays.stream(type.getRecordComponents())
                      .anyMatch(component -> method.equals(component.getAccessor())));
      case 1 -> name.equals("equals") || (type.isEnum() && name.equals("valueOf"));
      default -> false;
    };
  }

  private String field(Field field) {
    String line =
        annotations(field)
            + words(field.getModifiers())
            + type(field.getAnnotatedType())
            + " "
            + field.getName();
    return line + value(field);
  }

  /** The value of a constant is compiled into the code that uses it. */
  private static String value(Field field) {
    boolean simple = field.getType().isPrimitive() || field.getType().equals(String.class);
    if (!simple || !Modifier.isStatic(field.getModifiers())) {
      return "";
    }
    try {
      return " = " + field.get(null);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }

  private String constructor(Constructor<?> constructor) {
    return executable(constructor, "", "new");
  }

  private String method(Method method) {
    String returned = type(method.getAnnotatedReturnType());
    return executable(
        method, method.isDefault() ? "default " : "", returned + " " + method.getName());
  }

  private String executable(Executable executable, String word, String named) {
    boolean ofInterface = executable.getDeclaringClass().isInterface();
    int shown = ~(Modifier.SYNCHRONIZED | (ofInterface ? Modifier.ABSTRACT : 0));
    String types = parameters(executable.getTypeParameters());
    return annotations(executable)
        + words(executable.getModifiers() & shown & Modifier.methodModifiers())
        + word
        + (types.isEmpty() ? "" : types + " ")
        + named
        + arguments(executable)
        + Arrays.stream(executable.getAnnotatedExceptionTypes())
            .map(this::type)
            .map(" throws "::concat)
            .collect(joining());
  }

  private String arguments(Executable executable) {
    String types =
        Arrays.stream(executable.getAnnotatedParameterTypes())
            .map(this::type)
            .collect(joining(", ", "(", ")"));
    return executable.isVarArgs() ? types.replaceFirst("\\[]\\)$", "...)") : types;
  }

  /** All that is not protected is public. */
  private static String words(int modifiers) {
    int said = modifiers & ~Modifier.PUBLIC;
    return said == 0 ? "" : Modifier.toString(said) + " ";
  }

  /** Annotations by name only; what they say is part of the documentation. */
  private String annotations(AnnotatedElement element) {
    return Arrays.stream(element.getDeclaredAnnotations())
        .map(Annotation::annotationType)
        .map(this::name)
        .sorted()
        .map("@%s "::formatted)
        .collect(joining());
  }

  private String parameters(TypeVariable<?>[] parameters) {
    return parameters.length == 0
        ? ""
        : Arrays.stream(parameters)
            .map(
                parameter ->
                    parameter.getName() + bounds(" extends ", parameter.getAnnotatedBounds()))
            .collect(joining(", ", "<", ">"));
  }

  private String bounds(String word, AnnotatedType[] bounds) {
    String all = Arrays.stream(bounds).map(this::type).collect(joining(" & "));
    return all.isEmpty() || all.equals("Object") ? "" : word + all;
  }

  private String type(AnnotatedType type) {
    if (type instanceof AnnotatedArrayType array) {
      return type(array.getAnnotatedGenericComponentType()) + annotations(type) + "[]";
    }
    if (type instanceof AnnotatedWildcardType wildcard) {
      String lower = bounds(" super ", wildcard.getAnnotatedLowerBounds());
      return "?"
          + (lower.isEmpty() ? bounds(" extends ", wildcard.getAnnotatedUpperBounds()) : lower);
    }
    if (type instanceof AnnotatedParameterizedType generic
        && generic.getType() instanceof ParameterizedType parameterized) {
      String arguments =
          Arrays.stream(generic.getAnnotatedActualTypeArguments())
              .map(this::type)
              .collect(joining(", ", "<", ">"));
      return annotations(type) + name((Class<?>) parameterized.getRawType()) + arguments;
    }
    if (type.getType() instanceof Class<?> plain) {
      return annotations(type) + name(plain);
    }
    return annotations(type) + type.getType().getTypeName();
  }

  /** A short name; the full one is remembered, or given if the short one is another's. */
  private String name(Class<?> type) {
    String full = type.getCanonicalName();
    if (type.isPrimitive() || type.getPackageName().equals("java.lang")) {
      return full.replaceFirst("^java\\.lang\\.", "");
    }
    String brief = full.substring(type.getPackageName().length() + 1);
    String known = imports.putIfAbsent(brief, full);
    return known == null || known.equals(full) ? brief : full;
  }
}
