-- AlterTable
ALTER TABLE "Notice" ADD COLUMN     "onlyForIds" UUID[];
