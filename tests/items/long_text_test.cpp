// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/items/long_text.h"

#include <QBuffer>
#include <QTest>

#include "model/items/format.h"

using namespace plumbline;

/// A text of any length in parts: together they are all of it, and none tears a character.
class LongTextTest : public QObject
{
    Q_OBJECT

private:
    static constexpr std::size_t megabyte = 1 << 20;
    static LongText::Piece piece(std::string text) { return std::make_shared<std::string>(std::move(text)); }
    static std::string repeated(std::string_view text, std::size_t bytes)
    {
        std::string all;
        while (all.size() < bytes)
            all += text;
        return all;
    }
    static QByteArray written(const LongText& text)
    {
        QBuffer buffer;
        buffer.open(QIODevice::WriteOnly);
        return text.writeTo(buffer) ? buffer.data() : QByteArray("not written");
    }
    static QString joined(const LongText& text)
    {
        QString all;
        for (int i = 0; i < text.parts(); ++i)
            all += text.part(i);
        return all;
    }

private slots:
    void aShortTextIsOnePart()
    {
        const LongText text({piece("system"), nullptr, piece(""), piece("user")});
        QCOMPARE(text.parts(), 1);
        QCOMPARE(text.part(0), QStringLiteral("system\n\nuser"));
        QCOMPARE(written(text), QByteArray("system\n\nuser"));
        QCOMPARE(text.bytes(), 12);
        QVERIFY(LongText().isEmpty());
        QVERIFY(LongText(std::vector<LongText::Piece>{nullptr}).isEmpty());
    }

    void partsEndWithLines()
    {
        const std::string lines = repeated("a line that ends\n", 9 * megabyte);
        const LongText text({piece(lines)});
        QCOMPARE(text.parts(), 3);
        for (int i = 0; i < text.parts(); ++i) {
            QVERIFY(text.part(i).endsWith(u'\n'));
            QVERIFY(text.part(i).startsWith(QStringLiteral("a line")));
        }
        QCOMPARE(joined(text), toQt(lines));
        QCOMPARE(written(text), QByteArray::fromStdString(lines));
    }

    void noCharacterIsTorn()
    {
        for (const char* character : {"é", "€", "😀"})
            for (std::size_t shift = 0; shift < 4; ++shift) {
                const std::string endless = std::string(shift, 'x') + repeated(character, 9 * megabyte);
                const LongText text({piece(endless)});
                QCOMPARE(joined(text), toQt(endless));
                QVERIFY(!joined(text).contains(QChar::ReplacementCharacter));
            }
        // Bytes that are no text do no harm either.
        const std::string broken(9 * megabyte, '\x80');
        QCOMPARE(written(LongText({piece(broken)})), QByteArray::fromStdString(broken));
    }

    /// A long one is nobody's copy; what stands between them is saved.
    void longPiecesAreShared()
    {
        const LongText::Piece first = piece(repeated("first ", 5 * megabyte)), last = piece("last");
        const long before = first.use_count();
        const LongText text({first, last, first});
        QVERIFY(first.use_count() > before); // referred to
        QCOMPARE(written(text), QByteArray::fromStdString(*first + "\n\nlast\n\n" + *first));
        QCOMPARE(text.bytes(), 2 * first->size() + 8);
    }

    /// Whatever it says: it is a text.
    void blankLinesAreAText() { QCOMPARE(LongText({piece("\n\n")}).parts(), 1); }

    void aPartIsFoundInEitherDirection()
    {
        const LongText text({piece(repeated("one\n", 4 * megabyte)), piece(repeated("two\n", 4 * megabyte)),
                             piece(repeated("one\n", 4 * megabyte) + "Needle\n")});
        const int last = text.parts() - 1;
        QVERIFY(text.part(last).contains(QStringLiteral("Needle")));
        QCOMPARE(*text.partWith(QStringLiteral("needle"), 0, LongText::Direction::Forwards, StopToken()),
                 std::optional(last));
        QCOMPARE(*text.partWith(QStringLiteral("needle"), 1, LongText::Direction::Backwards, StopToken()),
                 std::optional(last)); // round
        const int two = **text.partWith(QStringLiteral("two"), 0, LongText::Direction::Forwards, StopToken());
        QVERIFY(two > 0 && two < last);
        const auto before = text.partWith(QStringLiteral("one"), two, LongText::Direction::Backwards, StopToken());
        QVERIFY(before && *before && **before < two);
        QVERIFY(!*text.partWith(QStringLiteral("three"), 2, LongText::Direction::Forwards, StopToken()));
        StopToken stop;
        stop.requestStop();
        QVERIFY(!text.partWith(QStringLiteral("one"), 0, LongText::Direction::Forwards, stop));
    }

    /// All of a part, not its beginning; as a search goes from one to the next.
    void whatAPartHoldsIsCounted()
    {
        const auto times = [](const LongText& text, int part, const QString& sought) {
            return text.timesIn(part, sought, StopToken()).value_or(-1);
        };
        const LongText lines({piece(repeated("One\n", 5 * megabyte))});
        QCOMPARE(lines.parts(), 2);
        QCOMPARE(times(lines, 0, QStringLiteral("one")), 1 << 20);
        QCOMPARE(times(lines, 1, QStringLiteral("ONE\n")), 1 << 18);
        QCOMPARE(times(lines, 0, QStringLiteral("two")), 0);
        QCOMPARE(times(lines, 0, QString()), 0);
        QCOMPARE(times(LongText({piece("aaaaa")}), 0, QStringLiteral("aa")), 2);
        QCOMPARE(times(LongText({piece("short")}), 0, QStringLiteral("longer than that")), 0);
        // Across the edges of what is searched at once.
        for (std::size_t before = (1 << 16) - 8; before <= (1 << 16) + 1; ++before)
            QCOMPARE(times(LongText({piece(std::string(before, 'x') + "Needle" + std::string(before, 'x'))}), 0,
                           QStringLiteral("needle")),
                     1);
        StopToken stop;
        stop.requestStop();
        QVERIFY(!lines.timesIn(0, QStringLiteral("one"), stop));
    }
};

QTEST_APPLESS_MAIN(LongTextTest)
#include "long_text_test.moc"
