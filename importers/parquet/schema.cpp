// SPDX-License-Identifier: GPL-3.0-or-later
#include "importers/parquet/schema.h"

#include "importers/parquet/value_text.h"

namespace plumbline::parquet {

namespace {

constexpr int deepestSchema = 24;
constexpr std::int64_t widestFixed = std::int64_t{1} << 20;
constexpr std::int64_t largestScale = 200;

Result<Shape> unsupported(const char* what)
{
    return fail(ErrorKind::Unsupported, what);
}

/// The shape of an integer; annotations that do not fit the type are ignored, as other readers do.
Shape integerShape(const SchemaElement& element)
{
    const bool isWide = element.type == PhysicalType::Int64;
    switch (element.annotation) {
    case Annotation::Decimal:
        return Shape::DecimalNumber;
    case Annotation::Date:
        return isWide ? Shape::Signed : Shape::Date;
    case Annotation::TimeMillis:
        return isWide ? Shape::Signed : Shape::TimeMillis;
    case Annotation::TimeMicros:
        return isWide ? Shape::TimeMicros : Shape::Signed;
    case Annotation::TimeNanos:
        return isWide ? Shape::TimeNanos : Shape::Signed;
    case Annotation::TimestampMillis:
        return isWide ? Shape::TimestampMillis : Shape::Signed;
    case Annotation::TimestampMicros:
        return isWide ? Shape::TimestampMicros : Shape::Signed;
    case Annotation::TimestampNanos:
        return isWide ? Shape::TimestampNanos : Shape::Signed;
    case Annotation::Unsigned:
        return isWide ? Shape::Unsigned64 : Shape::Unsigned32;
    default:
        return Shape::Signed;
    }
}

Result<Shape> shapeOf(const SchemaElement& element)
{
    switch (element.annotation) {
    case Annotation::Nothing:
        return Shape::Nothing;
    case Annotation::Bson:
        return unsupported("BSON");
    case Annotation::Interval:
        return unsupported("INTERVAL");
    case Annotation::Float16:
        return unsupported("FLOAT16");
    case Annotation::Geometry:
        return unsupported("GEOMETRY");
    case Annotation::Geography:
        return unsupported("GEOGRAPHY");
    default:
        break;
    }
    switch (*element.type) {
    case PhysicalType::Boolean:
        return Shape::Boolean;
    case PhysicalType::Int32:
    case PhysicalType::Int64:
        return integerShape(element);
    case PhysicalType::Int96:
        return Shape::Int96;
    case PhysicalType::Float:
        return Shape::Float;
    case PhysicalType::Double:
        return Shape::Double;
    case PhysicalType::ByteArray:
    case PhysicalType::FixedByteArray:
        break;
    }
    if (element.annotation == Annotation::Decimal)
        return Shape::DecimalBytes;
    if (element.annotation == Annotation::Uuid && element.type == PhysicalType::FixedByteArray &&
        element.typeLength == 16)
        return Shape::Uuid;
    return Shape::Text;
}

std::uint32_t widthOf(const SchemaElement& element)
{
    switch (*element.type) {
    case PhysicalType::Int32:
    case PhysicalType::Float:
        return 4;
    case PhysicalType::Int64:
    case PhysicalType::Double:
        return 8;
    case PhysicalType::Int96:
        return 12;
    case PhysicalType::FixedByteArray:
        return static_cast<std::uint32_t>(element.typeLength);
    case PhysicalType::Boolean:
    case PhysicalType::ByteArray:
        break;
    }
    return 0;
}

/// Where a node stands: the levels around it.
struct Place
{
    int depth = 0;
    std::uint8_t definition = 0;
    std::uint8_t repetition = 0;

    Place below() const { return {depth + 1, definition, repetition}; }
    Place optional() const { return {depth, static_cast<std::uint8_t>(definition + 1), repetition}; }
    Place repeated() const
    {
        return {depth + 1, static_cast<std::uint8_t>(definition + 1), static_cast<std::uint8_t>(repetition + 1)};
    }
};

class SchemaReader
{
public:
    explicit SchemaReader(const std::vector<SchemaElement>& elements) : m_elements(elements) {}

    Result<Schema> read()
    {
        const SchemaElement* root = next();
        if (root == nullptr || root->type)
            return broken();
        for (std::int64_t i = 0; i < root->children; ++i) {
            const SchemaElement* element = next();
            if (element == nullptr)
                return broken();
            m_column = element->name;
            auto node = field(*element, Place{});
            if (!node) {
                Error error = std::move(node).error();
                error.reason = inColumn(m_column, error.reason);
                return tl::unexpected(std::move(error));
            }
            m_schema.columns.push_back(*std::move(node));
        }
        if (m_next != m_elements.size() || m_schema.leaves.empty())
            return broken();
        return std::move(m_schema);
    }

private:
    static tl::unexpected<Error> broken() { return fail(ErrorKind::Malformed, "the schema of its columns is broken"); }

    const SchemaElement* next() { return m_next < m_elements.size() ? &m_elements[m_next++] : nullptr; }

    /// The element next() would give, if it is a repeated one.
    const SchemaElement* repeatedNext() const
    {
        const bool isRepeated = m_next < m_elements.size() && m_elements[m_next].repetition == Repetition::Repeated;
        return isRepeated ? &m_elements[m_next] : nullptr;
    }

    /// A child of a struct, with its key.
    Result<Node> field(const SchemaElement& element, Place place)
    {
        Node node;
        if (element.repetition == Repetition::Repeated) {
            // A list without a group around it: never null.
            node = listNode(place, m_schema.leaves.size());
            node.children.push_back(TRY(body(element, place.repeated())));
            close(node);
        } else {
            node = TRY(body(element, element.repetition == Repetition::Optional ? place.optional() : place));
        }
        appendText(node.key, element.name);
        node.key.push_back(':');
        return node;
    }

    /// An element whose own levels are in `place` already.
    Result<Node> body(const SchemaElement& element, Place place)
    {
        if (place.depth > deepestSchema)
            return fail(ErrorKind::Unsupported, "groups nested deeper than 24");
        if (element.annotation == Annotation::Variant)
            return fail(ErrorKind::Unsupported, "VARIANT");
        if (element.type)
            return leaf(element, place);
        if (element.children == 0)
            return broken();
        const SchemaElement* repeated = element.children == 1 ? repeatedNext() : nullptr;
        if (repeated != nullptr && element.annotation == Annotation::List)
            return list(element, place);
        if (repeated != nullptr && element.annotation == Annotation::Map && !repeated->type && repeated->children == 2)
            return map(place);
        Node node{.kind = Node::Kind::Struct, .definedAt = place.definition};
        node.firstLeaf = static_cast<std::uint32_t>(m_schema.leaves.size());
        for (std::int64_t i = 0; i < element.children; ++i) {
            const SchemaElement* child = next();
            if (child == nullptr)
                return broken();
            node.children.push_back(TRY(field(*child, place.below())));
        }
        close(node);
        return node;
    }

    Result<Node> leaf(const SchemaElement& element, Place place)
    {
        if (element.children != 0)
            return broken();
        if (element.type == PhysicalType::FixedByteArray &&
            (element.typeLength < 1 || element.typeLength > widestFixed))
            return fail(ErrorKind::Malformed, "values of a length that cannot be");
        if (element.annotation == Annotation::Decimal && (element.scale < 0 || element.scale > largestScale))
            return fail(ErrorKind::Unsupported, "a decimal of scale " + std::to_string(element.scale));
        Node node{.kind = Node::Kind::Leaf, .definedAt = place.definition};
        node.firstLeaf = static_cast<std::uint32_t>(m_schema.leaves.size());
        const Shape shape = TRY(shapeOf(element));
        m_schema.leaves.push_back({.name = m_column,
                                   .type = *element.type,
                                   .width = widthOf(element),
                                   .shape = shape,
                                   .scale = static_cast<std::uint32_t>(element.scale),
                                   .highestDefinition = place.definition,
                                   .highestRepetition = place.repetition});
        close(node);
        return node;
    }

    /// A group LIST around a repeated field: in the older layouts that field is the element, in today's it holds it.
    Result<Node> list(const SchemaElement& group, Place place)
    {
        Node node = listNode(place, m_schema.leaves.size());
        const SchemaElement& repeated = *next();
        const bool isElement = repeated.type || repeated.children != 1 || repeated.name == "array" ||
                               repeated.name == group.name + "_tuple" || repeatedNext() != nullptr;
        if (isElement) {
            node.children.push_back(TRY(body(repeated, place.repeated())));
        } else {
            const SchemaElement* element = next();
            if (element == nullptr)
                return broken();
            node.children.push_back(TRY(field(*element, place.repeated())));
        }
        close(node);
        return node;
    }

    Result<Node> map(Place place)
    {
        Node node = listNode(place, m_schema.leaves.size());
        node.kind = Node::Kind::Map;
        next();
        for (int i = 0; i < 2; ++i) {
            const SchemaElement* child = next();
            if (child == nullptr)
                return broken();
            node.children.push_back(TRY(field(*child, place.repeated())));
        }
        if (node.children[0].kind != Node::Kind::Leaf)
            return fail(ErrorKind::Unsupported, "a map whose keys are no plain values");
        close(node);
        return node;
    }

    static Node listNode(Place place, std::size_t firstLeaf)
    {
        Node node{.kind = Node::Kind::List, .definedAt = place.definition};
        node.filledAt = place.repeated().definition;
        node.repetition = place.repeated().repetition;
        node.firstLeaf = static_cast<std::uint32_t>(firstLeaf);
        return node;
    }

    void close(Node& node) const { node.endLeaf = static_cast<std::uint32_t>(m_schema.leaves.size()); }

    const std::vector<SchemaElement>& m_elements;
    std::size_t m_next = 0;
    std::string m_column;
    Schema m_schema;
};

} // namespace

Result<Schema> readSchema(const std::vector<SchemaElement>& elements)
{
    return SchemaReader(elements).read();
}

} // namespace plumbline::parquet
