-- AlterTable
ALTER TABLE "Person" ADD COLUMN     "isEmailProven" BOOLEAN NOT NULL DEFAULT true;
