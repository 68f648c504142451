module goshawk/suite

go 1.19
