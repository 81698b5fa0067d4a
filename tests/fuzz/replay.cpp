// SPDX-License-Identifier: GPL-3.0-or-later
// The fuzzer without libFuzzer: every file of some folders, whole, and cut after every so many bytes. `replay FOLDER…`.
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

int main(int argc, char** argv)
{
    constexpr std::size_t cuts = 64;
    std::size_t files = 0;
    for (int folder = 1; folder < argc; ++folder)
        for (const auto& entry : std::filesystem::directory_iterator(argv[folder])) {
            std::ifstream file(entry.path(), std::ios::binary);
            const std::vector<char> bytes{std::istreambuf_iterator<char>(file), {}};
            const auto* data = reinterpret_cast<const std::uint8_t*>(bytes.data());
            for (std::size_t cut = 0; cut <= cuts; ++cut)
                LLVMFuzzerTestOneInput(data, bytes.size() * cut / cuts);
            ++files;
        }
    std::printf("%zu files\n", files);
    return files > 0 ? 0 : 1;
}
