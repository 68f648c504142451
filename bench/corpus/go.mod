module goshawk/corpus

go 1.19
