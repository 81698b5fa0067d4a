// SPDX-License-Identifier: GPL-3.0-or-later
#include <QtTest>

#include <string>

#include "model/prompts/text_counters.h"

using namespace plumbline;

namespace {

/// The counters that are not zero, as `name count`.
QString countsOf(std::string_view text)
{
    const TextCounters counters = countText(text);
    QStringList counts;
    for (std::size_t i = 0; i < textCounterCount; ++i)
        if (counters.values[i] != 0)
            counts << QString::fromStdString(std::string(idOf(static_cast<TextCounter>(i)))) + ' ' +
                          QString::number(counters.values[i]);
    return counts.join(QStringLiteral(", "));
}

} // namespace

/// Expected counts come from the definition that the token weights were fitted with.
class TextCountersTest : public QObject
{
    Q_OBJECT

private slots:
    void everyScriptIsCountedAsTheWeightsExpect_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("counts");
        QTest::newRow("nothing") << QByteArray("") << "";
        QTest::newRow("plain English") << QByteArray("The assistant answers questions about an order.")
                                       << "en_w1 3, w_4_6 1, w_7_9 3, p_runs 1";
        QTest::newRow("code")
            << QByteArray("def parseHTTPRequest(self, maxURLs=10):\n    return self.items[0]\n")
            << "w_le3 3, w_4_6 5, w_7_9 1, caps 6, dig3 2, digch 3, p_runs 7, p_ch 1, nl 2, ind 1, ws_x 4";
        QTest::newRow("camel case") << QByteArray("HTMLParser parseURL iOS XMLHTTPRequest getX A I ABC")
                                    << "en_w1 1, w_le3 4, w_4_6 2, w_7_9 1, caps 19";
        QTest::newRow("long words") << QByteArray("internationalization Donaudampfschifffahrt")
                                    << "w_10_13 2, w_14p_x 15";
        QTest::newRow("digits") << QByteArray("7 42 123 1234567") << "dig3 6, digch 13";
        QTest::newRow("punctuation") << QByteArray("Wait... (what?!) -> {\"a\": [1]}")
                                     << "en_w1 2, w_4_6 1, dig3 1, digch 1, p_runs 8, p_ch 8";
        QTest::newRow("line breaks") << QByteArray("one\r\n\r\n\r\n  two\n\tthree \n\n\nfour")
                                     << "en_w1 2, w_4_6 2, nl 3, nlx 2, ind 2, ws_x 3";
        QTest::newRow("blanks") << QByteArray("a  b\302\240\302\240c \t d") << "en_w1 1, w_le3 3, ind 3, ws_x 7";
        QTest::newRow("a carriage return alone") << QByteArray("a\rb") << "en_w1 1, w_le3 1, other_b 1";
        QTest::newRow("base64") << QByteArray("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk")
                                << "blob 60";
        QTest::newRow("hex of 31 and of 32")
            << QByteArray("0123456789abcdef0123456789abcde 0123456789abcdef0123456789abcdef")
            << "w_4_6 2, dig3 8, digch 20, blob 32";
        QTest::newRow("letters alone are no blob")
            << QByteArray("abcdefghijklmnopqrstuvwxyzabcdefghijklmnop") << "w_10_13 1, w_14p_x 29";
        QTest::newRow("accents") << QByteArray("café naïve Łódź") << "le_words 3, le_chars 7";
        QTest::newRow("a foreign text") << QByteArray(
                                               "Le chat dort sur la chaise pendant que le chien mange sa soupe à la "
                                               "cuisine et que les enfants jouent dehors avec leurs amis étrangers")
                                        << "f_words 24, f_xchars 33, le_words 2, le_chars 7";
        QTest::newRow("Cyrillic") << QByteArray("Привет, мир") << "p_runs 1, cyr_w 2, cyr_c 9";
        QTest::newRow("Greek") << QByteArray("καλημέρα") << "greek_c 8";
        QTest::newRow("Arabic and Hebrew") << QByteArray("مرحبا שלום") << "arheb_w 2, arheb_c 9";
        QTest::newRow("Hindi") << QByteArray("नमस्ते") << "indic_c 6";
        QTest::newRow("Thai") << QByteArray("สวัสดี") << "thai_c 6";
        QTest::newRow("Georgian") << QByteArray("გამარ") << "geor_c 5";
        QTest::newRow("Japanese") << QByteArray("こんにちは世界カナ") << "kana_c 7, han_c 2";
        QTest::newRow("Chinese") << QByteArray("你好，世界。") << "han_c 4, other_b 6";
        QTest::newRow("Korean") << QByteArray("안녕 세계") << "hangul_c 4, hangul_w 2";
        QTest::newRow("emoji") << QByteArray("ok 🙂🚀") << "w_le3 1, other_b 8";
        QTest::newRow("control characters") << QByteArray("a\000b\007", 4) << "en_w1 1, w_le3 1, other_b 2";
    }

    void everyScriptIsCountedAsTheWeightsExpect()
    {
        QFETCH(QByteArray, text);
        QFETCH(QString, counts);
        QCOMPARE(countsOf({text.constData(), static_cast<std::size_t>(text.size())}), counts);
    }

    void aByteThatIsNotUtf8IsOneOtherByte()
    {
        QCOMPARE(countsOf("\xC3"), QStringLiteral("other_b 1"));
        QCOMPARE(countsOf("\xE2\x82"
                          "a"),
                 QStringLiteral("en_w1 1, other_b 2"));
        QCOMPARE(countsOf("\xED\xA0\x80"), QStringLiteral("other_b 3"));     // a surrogate
        QCOMPARE(countsOf("\xC0\xAF\xF5\x80"), QStringLiteral("other_b 4")); // overlong, beyond Unicode
        QCOMPARE(countsOf("\xE0\x83\x80"), QStringLiteral("other_b 3"));     // a letter, written overlong
    }

    void countsOfTwoTextsAddUp()
    {
        TextCounters sum = countText("Look up an order. ");
        sum += countText("12345");
        QCOMPARE(sum, countText("Look up an order. 12345"));
    }

    void everyPrefixIsReadWithinItsBounds()
    {
        const std::string text =
            "Caf\xC3\xA9 \xD0\x9F\xD1\x80 HTTPServer2 0123456789abcdef0123456789abcdef\r\n\t\xC2\xA0 \xF0\x9F\x99\x82";
        for (std::size_t size = 0; size <= text.size(); ++size) {
            const std::string prefix(text, 0, size);
            std::uint64_t counted = 0;
            for (const std::uint32_t value : countText(prefix).values)
                counted += value;
            QVERIFY(size == 0 || counted > 0);
        }
    }

    void blanksWithoutALineFeedAreNotSearchedAgainAndAgain()
    {
        std::string text;
        for (int i = 0; i < 500'000; ++i)
            text += "\r ";
        QCOMPARE(countsOf(text), QStringLiteral("other_b 500000")); // takes minutes if it is quadratic
    }

    void encodedCountersAreReadBack()
    {
        TextCounters counters;
        counters[TextCounter::CommonWord] = 1;
        counters[TextCounter::Han] = 300;
        counters[TextCounter::OtherByte] = 0xFFFFFFFF;
        std::string bytes;
        appendEncoded(bytes, counters);
        QCOMPARE(QByteArray::fromStdString(bytes).toHex(' '), QByteArray("01 00 1c ac 02 00 02 ff ff ff ff 0f"));
        QCOMPARE(TextCounters::decode(bytes), std::optional(counters));
        QCOMPARE(TextCounters::decode(""), std::optional(TextCounters()));
    }

    void damagedCountersAreRefused()
    {
        QVERIFY(!TextCounters::decode(std::string_view("\0", 1)));         // a run of how many zeros?
        QVERIFY(!TextCounters::decode("\x80"));                            // goes on, but does not
        QVERIFY(!TextCounters::decode("\xFF\xFF\xFF\xFF\x1F"));            // over 32 bits
        QVERIFY(!TextCounters::decode(std::string_view("\0\x21\x01", 3))); // a 34th counter
        QVERIFY(!TextCounters::decode(std::string_view("\0\x22", 2)));     // 34 zeros
        QVERIFY(TextCounters::decode(std::string_view("\0\x21", 2)).has_value());
    }
};

QTEST_APPLESS_MAIN(TextCountersTest)

#include "tst_text_counters.moc"
