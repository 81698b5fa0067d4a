// SPDX-License-Identifier: GPL-3.0-or-later
#include <QtTest>

#include <map>
#include <random>

#include "model/store/blocks.h"
#include "model/store/digest.h"
#include "model/store/external_id.h"

using namespace plumbline;
using namespace plumbline::store;

/// Ids, digests and lists of blocks, as they are kept in bytes.
class DigestTest : public QObject
{
    Q_OBJECT

private slots:
    void aDigestMapKnowsWhatAMapKnows();
    void zeroIsAKeyLikeAnyOther();
    void clearedMapsAreEmpty();
    void hashesDependOnSecretAndSalt();
    void anyIdComesBackAsItWas();
    void twoIdsNeverPackAlike();
    void anyListOfBlocksComesBack();
    void noBytesBreakTheListReader();
};

void DigestTest::aDigestMapKnowsWhatAMapKnows()
{
    std::mt19937_64 random(4711);
    DigestMap map;
    std::map<std::uint64_t, std::uint64_t> truth;
    for (std::uint64_t i = 0; i < 20'000; ++i) {
        // Keys that collide in their low bits, and keys that come again.
        const std::uint64_t key = i % 3 == 0 ? (random() << 20) : i % 3 == 1 ? random() % 5000 : random();
        const auto [at, isNew] = truth.emplace(key, i);
        const std::uint64_t* known = map.findOrInsert(key, i);
        QCOMPARE(known == nullptr, isNew);
        if (known)
            QCOMPARE(*known, at->second);
    }
    QCOMPARE(map.size(), truth.size());
    for (const auto& [key, number] : truth) {
        QVERIFY(map.find(key));
        QCOMPARE(*map.find(key), number);
    }
    for (int i = 0; i < 10'000; ++i) {
        const std::uint64_t key = random();
        QCOMPARE(map.find(key) != nullptr, truth.contains(key));
    }
}

void DigestTest::zeroIsAKeyLikeAnyOther()
{
    DigestMap map;
    QVERIFY(!map.find(0));
    QVERIFY(map.insert(0, 5));
    QVERIFY(!map.insert(0, 6));
    QCOMPARE(*map.find(0), std::uint64_t{5});
    QCOMPARE(map.size(), std::size_t{1});
}

void DigestTest::clearedMapsAreEmpty()
{
    DigestMap map;
    map.reserve(3000);
    for (std::uint64_t key = 0; key < 3000; ++key)
        QVERIFY(map.insert(key, key));
    map.reserve(10);
    QCOMPARE(map.size(), std::size_t{3000});
    map.clear();
    QCOMPARE(map.size(), std::size_t{0});
    QVERIFY(!map.find(0) && !map.find(17));
    QVERIFY(map.insert(17, 1));
}

void DigestTest::hashesDependOnSecretAndSalt()
{
    const Hasher one(1);
    const Hasher two(2);
    QVERIFY(one.hash64("text") == Hasher(1).hash64("text"));
    QVERIFY(one.hash64("text") != two.hash64("text"));
    QVERIFY(one.hash64("text", 1) != one.hash64("text", 2));
    QVERIFY(!(one.hash128("text", 1) == one.hash128("text", 2)));
    QVERIFY(!(one.hash128("text", 1) == two.hash128("text", 1)));
}

void DigestTest::anyIdComesBackAsItWas()
{
    std::mt19937 random(42);
    constexpr std::string_view alphabet = "0123456789abcdefABCDEF-uht_";
    for (int i = 0; i < 20'000; ++i) {
        std::string id(random() % 40, ' ');
        for (char& c : id)
            c = alphabet[random() % (i % 2 ? 16 : alphabet.size())];
        if (i % 5 == 0 && id.size() >= 36) {
            id.resize(36);
            for (const std::size_t dash : {8, 13, 18, 23})
                id[dash] = '-';
        }
        QCOMPARE(unpackedId(packedId(id)), id);
    }
    std::string bytes;
    for (int c = 0; c < 256; ++c)
        bytes.push_back(static_cast<char>(c));
    QCOMPARE(unpackedId(packedId(bytes)), bytes);
    QCOMPARE(unpackedId(packedId("")), std::string());
}

void DigestTest::twoIdsNeverPackAlike()
{
    std::map<std::string, std::string> ids;
    for (const char* id : {"00", "0", "000", "00-", "-", "h", "u", "t", "th", "h00", "AB", "ab", "aB",
                           "00000000-0000-0000-0000-000000000000", "00000000000000000000000000000000",
                           "00000000-0000-0000-0000-00000000000A", "0000000-00000-0000-0000-000000000000"})
        QVERIFY2(ids.emplace(packedId(id), id).second, id);
}

void DigestTest::anyListOfBlocksComesBack()
{
    std::mt19937_64 random(7);
    for (int i = 0; i < 500; ++i) {
        std::vector<BlockOccurrence> list(random() % 30);
        std::uint16_t message = 0;
        for (BlockOccurrence& occurrence : list) {
            message = random() % 4 == 0 ? static_cast<std::uint16_t>(random()) : message;
            occurrence = {.block = static_cast<std::int64_t>(random() % (i % 2 ? 100 : std::uint64_t{1} << 40)),
                          .message = message,
                          .isOutput = random() % 5 == 0};
            if (random() % 3 == 0)
                occurrence.documentRank = static_cast<std::uint16_t>(random());
        }
        std::string bytes;
        appendOccurrences(bytes, list);
        const auto read = readOccurrences(bytes);
        QVERIFY(read);
        QCOMPARE(*read, list);
        for (std::size_t size = 0; size < bytes.size(); ++size) {
            const auto part = readOccurrences(std::string_view(bytes).substr(0, size));
            QVERIFY(!part || (part->size() < list.size() && std::equal(part->begin(), part->end(), list.begin())));
        }
    }
}

void DigestTest::noBytesBreakTheListReader()
{
    std::mt19937_64 random(8);
    for (int i = 0; i < 20'000; ++i) {
        std::string bytes(random() % 40, ' ');
        for (char& c : bytes)
            c = static_cast<char>(i % 2 ? random() | 0x80 : random());
        (void)readOccurrences(bytes);
    }
}

QTEST_APPLESS_MAIN(DigestTest)
#include "digest_test.moc"
